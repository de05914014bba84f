/** Longest text of a reading that is kept. */
const LONGEST_TEXT = 200;

/** A road is never so slow: what says so is broken. */
const SLOWEST_ROAD = 100;

/**
 * What the JSON answer of a source of weather or traffic says: members `value` (a number) and, if it likes, `text`.
 *
 * @returns null for anything that is not such an answer: then there is no reading
 */
export function decodeReading(
  source: 'WEATHER' | 'TRAFFIC',
  answer: unknown,
): { value: number; text: string } | null {
  if (typeof answer !== 'object' || answer === null) return null;
  const { value, text } = answer as { value?: unknown; text?: unknown };
  if (typeof value !== 'number' || !Number.isFinite(value) || value < 0) return null;
  if (value > (source === 'WEATHER' ? 1 : SLOWEST_ROAD)) return null;
  const said = typeof text === 'string' ? text.trim().slice(0, LONGEST_TEXT) : '';
  return { value, text: said === '' ? inWords(source, value) : said };
}

function inWords(source: 'WEATHER' | 'TRAFFIC', value: number): string {
  const percent = Math.round(value * 100);
  return source === 'WEATHER' ? `${percent} % of the worst` : `${percent} % of the usual travel time`;
}
