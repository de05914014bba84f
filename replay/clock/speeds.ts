/** What the keys + and - go through: from real time over an hour a second to a week a second, and as fast as it goes. */
const LADDER: readonly number[] = [1, 10, 60, 600, 3_600, 21_600, 86_400, 604_800, Number.POSITIVE_INFINITY];

/** The next higher speed of the ladder. */
export function faster(speed: number): number {
  return LADDER.find((step) => step > speed) ?? speed;
}

/** The next lower speed of the ladder. */
export function slower(speed: number): number {
  return LADDER.findLast((step) => step < speed) ?? speed;
}

/** `3600` or `max`; null when it is neither. */
export function parseSpeed(text: string): number | null {
  if (text === 'max') return Number.POSITIVE_INFINITY;
  const speed = text.trim() === '' ? Number.NaN : Number(text);
  return speed > 0 && Number.isFinite(speed) ? speed : null;
}

export function formatSpeed(speed: number): string {
  return Number.isFinite(speed) ? `${speed.toLocaleString('en-US')}x` : 'max';
}
