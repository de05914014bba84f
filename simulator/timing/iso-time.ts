const NINE_HOURS_MS = 9 * 3_600_000;

/** `2026-03-01T03:34:56.789Z`. Throws RangeError for a time a Date cannot hold. */
export function isoUtc(ms: number): string {
  return new Date(ms).toISOString();
}

/** The same instant as Korean wall time: `2026-03-01T12:34:56.789+09:00` (Korea has no summer time). */
export function isoKorea(ms: number): string {
  return `${new Date(ms + NINE_HOURS_MS).toISOString().slice(0, -1)}+09:00`;
}
