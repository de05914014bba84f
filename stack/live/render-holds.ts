import { bar, fitTo, formatClock, formatCount } from './format.ts';
import type { Paint } from './paint.ts';
import type { StackState } from './state.ts';

/** The reasons of the built-in rules, always shown, in the order of their weight. */
export const holdReasons = ['FUL-VALID', 'FUL-FRAUD-USER', 'FUL-FRAUD-PROD', 'FUL-INV'] as const;

const leftWidth = 31;
const gap = 2;
const reasonWidth = 15;
const countWidth = 7;

/** Open holds by reason on the left, the latest holds on the right, in exactly `height` lines. */
export function holdsBlock(
  state: StackState,
  { width, height, timeZone, paint }: { width: number; height: number; timeZone: string; paint: Paint },
): string[] {
  const left = openByReason(state, paint);
  const right = width >= leftWidth + gap + 30 ? latest(state, width - leftWidth - gap, timeZone, paint) : [];
  const empty: Cell = { text: '', width: 0 };
  return Array.from({ length: height }, (_, index) => {
    const { text, width: used } = left[index] ?? empty;
    const filler = right[index] === undefined ? '' : ' '.repeat(leftWidth - used + gap);
    return `${text}${filler}${right[index] ?? ''}`;
  });
}

/** Painted text with the number of cells it takes on the screen. */
type Cell = { readonly text: string; readonly width: number };

function openByReason({ holds }: StackState, paint: Paint): Cell[] {
  const open = holds?.open ?? {};
  const others = Object.keys(open)
    .filter((reason) => !(holdReasons as readonly string[]).includes(reason))
    .sort();
  const counts = Object.values(open);
  const top = Math.max(0, ...counts);
  const all = formatCount(counts.reduce((sum, count) => sum + count, 0));
  const heading = `${fitTo('open holds', reasonWidth)}${all.padStart(countWidth)}`;
  const rows = [...holdReasons, ...others].map((reason): Cell => {
    const count = open[reason] ?? 0;
    const start = `${fitTo(reason, reasonWidth)}${formatCount(count).padStart(countWidth)} `;
    const cells = bar(count, top, leftWidth - start.length);
    return { text: `${start}${paint.accent(cells)}`, width: start.length + cells.length };
  });
  return [{ text: paint.bold(heading), width: heading.length }, ...rows];
}

function latest({ holds }: StackState, width: number, timeZone: string, paint: Paint): string[] {
  const rows = (holds?.latest ?? []).map(({ openedAt, reason, orderId }) => {
    const clock = formatClock(openedAt, timeZone);
    const rest = fitTo(`${fitTo(reason, reasonWidth)} ${orderId}`, width - clock.length - 2).trimEnd();
    return `${paint.dim(clock)}  ${rest}`;
  });
  return [paint.bold('latest holds'), ...rows];
}
