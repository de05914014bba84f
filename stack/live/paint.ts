/** Colours of the live view; each function must leave the visible text as it is. */
export type Paint = {
  readonly bold: (text: string) => string;
  readonly dim: (text: string) => string;
  readonly good: (text: string) => string;
  readonly bad: (text: string) => string;
  readonly accent: (text: string) => string;
};

const same = (text: string) => text;
const sgr = (code: number) => (text: string) => (text === '' ? '' : `\x1b[${code}m${text}\x1b[0m`);

export const noPaint: Paint = { bold: same, dim: same, good: same, bad: same, accent: same };
export const ansiPaint: Paint = { bold: sgr(1), dim: sgr(2), good: sgr(32), bad: sgr(31), accent: sgr(36) };
