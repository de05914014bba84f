/** A small seeded generator (mulberry32); numbers in [0, 1). */
export function seeded(seed: number): () => number {
  let state = seed >>> 0;
  return () => {
    state = (state + 0x6d2b79f5) >>> 0;
    let mixed = Math.imul(state ^ (state >>> 15), state | 1);
    mixed ^= mixed + Math.imul(mixed ^ (mixed >>> 7), mixed | 61);
    return ((mixed ^ (mixed >>> 14)) >>> 0) / 4_294_967_296;
  };
}

/** Another order of the same items. Seed 0 leaves them as they are, so that a failing example shrinks to that. */
export function shuffled<T>(items: readonly T[], seed: number): T[] {
  const result = [...items];
  if (seed === 0) return result;
  const next = seeded(seed);
  for (let i = result.length - 1; i > 0; i -= 1) {
    const j = Math.floor(next() * (i + 1));
    [result[i], result[j]] = [result[j]!, result[i]!];
  }
  return result;
}

/** The items in runs of 1 to `longest`. Seed 0: one run of all. */
export function split<T>(items: readonly T[], seed: number, longest: number): T[][] {
  if (seed === 0) return items.length === 0 ? [] : [[...items]];
  const next = seeded(seed);
  const runs: T[][] = [];
  for (let from = 0; from < items.length; ) {
    const length = 1 + Math.floor(next() * longest);
    runs.push(items.slice(from, from + length));
    from += length;
  }
  return runs;
}
