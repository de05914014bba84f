/** How much longer than it works it rests. */
const restFactor = 3;
const longestRestMilliseconds = 2000;

/**
 * Hands on the newest of what it is given, and rests three times as long as that took: with thousands of messages a
 * state is megabytes, and they come five times a second.
 *
 * @param handle what may take long
 * @param now milliseconds, of any clock that does not jump
 * @param later runs something after so many milliseconds
 */
export function paced<Item>(
  handle: (item: Item) => void,
  now: () => number,
  later: (run: () => void, milliseconds: number) => void,
): (item: Item) => void {
  let waiting: { readonly item: Item } | null = null;
  let restUntil = Number.NEGATIVE_INFINITY;

  function run(): void {
    const taken = waiting;
    waiting = null;
    if (taken === null) return;
    const began = now();
    handle(taken.item);
    const took = now() - began;
    restUntil = now() + Math.min(longestRestMilliseconds, took * restFactor);
  }

  return (item) => {
    const scheduled = waiting !== null;
    waiting = { item };
    if (!scheduled) later(run, Math.max(0, restUntil - now()));
  };
}
