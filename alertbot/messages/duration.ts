import { DAY, HOUR, MINUTE, type Micros, SECOND } from '../../domain/time/micros.ts';
import type { Texts } from '../texts/texts.ts';

/** The two greatest units that matter: 2 d 3 h, 12 min, 40 s. Nothing is negative. */
export function formatDuration(length: Micros, texts: Texts): string {
  const units: [Micros, (count: number) => string][] = [
    [DAY, texts.units.days],
    [HOUR, texts.units.hours],
    [MINUTE, texts.units.minutes],
    [SECOND, texts.units.seconds],
  ];
  const first = units.findIndex(([size]) => length >= size);
  if (first < 0) return texts.units.seconds(0);
  const [size, words] = units[first]!;
  const next = units[first + 1];
  const rest = next && size > MINUTE ? Math.floor((length % size) / next[0]) : 0;
  return [words(Math.floor(length / size)), ...(next && rest > 0 ? [next[1](rest)] : [])].join(' ');
}
