import type { Micros } from '../time/micros.ts';

/** The state of a series is stored once in so many steps; what came after it is learnt again from the stored points. */
export const SNAPSHOT_EVERY = 12;

/** FNV-1a, 32 bits. */
const OFFSET_BASIS = 0x811c9dc5;
const PRIME = 0x01000193;

/** Which of the steps it is for a series: the same for ever, and evenly spread. */
export function slotOf(key: string): number {
  let hash = OFFSET_BASIS;
  for (let i = 0; i < key.length; i += 1) hash = Math.imul(hash ^ key.charCodeAt(i), PRIME);
  return (hash >>> 0) % SNAPSHOT_EVERY;
}

export function slotOfStep(from: Micros, step: Micros): number {
  return Math.floor(from / step) % SNAPSHOT_EVERY;
}
