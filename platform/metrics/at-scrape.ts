/** Readings take at most this share of the time, however often somebody scrapes, and however much there is to read. */
const MOST_OF_TIME = 0.02;
/** What a scrape shows is at most so old. */
const OLDEST_MS = 10_000;

/**
 * Has what several gauges show read once a scrape: a registry collects all of them at once, and each waits for the one
 * reading under way. Scrapes that follow sooner than a reading is worth show what the last one has read: one of 70 ms
 * is made every 3.5 s at most.
 *
 * @param read sets the gauges; must not throw, for that would fail the scrape
 * @param now milliseconds of a clock that never goes back
 * @returns the `collect` of each of the gauges
 */
export function atScrape(
  read: () => Promise<void>,
  now: () => number = () => performance.now(),
): () => Promise<void> {
  let reading: Promise<void> | null = null;
  let nextAt = Number.NEGATIVE_INFINITY;
  return async () => {
    const started = now();
    if (reading === null && started < nextAt) return;
    reading ??= read().finally(() => {
      const ended = now();
      nextAt = ended + Math.min((ended - started) / MOST_OF_TIME, OLDEST_MS);
      reading = null;
    });
    await reading;
  };
}
