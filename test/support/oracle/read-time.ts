import type { Micros } from './types.ts';

const SHAPE =
  /^(\d{4})-(\d\d)-(\d\d)[Tt ](\d\d):(\d\d)(?::(\d\d)(?:[.,](\d+))?)?(?:[Zz]|([+-])(\d\d)(?::?(\d\d))?)$/;

/** An ISO 8601 date-time with an offset as microseconds, null for any other text. What is finer is cut. */
export function readTime(text: string): Micros | null {
  const match = SHAPE.exec(text);
  if (match === null) return null;
  const [year, month, day, hour, minute] = match.slice(1, 6).map(Number) as [
    number,
    number,
    number,
    number,
    number,
  ];
  const second = Number(match[6] ?? '0');
  const date = new Date(0);
  date.setUTCFullYear(year, month - 1, day);
  date.setUTCHours(hour, minute, second);
  // The platform carries 30 February over into March; what comes out differs from what was said.
  const said = `${match[1]}-${match[2]}-${match[3]}T${match[4]}:${match[5]}:${match[6] ?? '00'}`;
  if (!date.toISOString().startsWith(said)) return null;
  const offsetHours = Number(match[9] ?? '0');
  const offsetMinutes = Number(match[10] ?? '0');
  if (offsetHours > 18 || offsetMinutes > 59) return null;
  const offset = (offsetHours * 60 + offsetMinutes) * 60_000_000 * (match[8] === '-' ? -1 : 1);
  const fraction = Number((match[7] ?? '').padEnd(6, '0').slice(0, 6));
  return date.getTime() * 1000 + fraction - offset;
}
