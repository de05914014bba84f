/**
 * Has what several gauges show read once a scrape: a registry collects all of them at once, each waits for the one
 * reading under way, and none shows what the scrape before it has read.
 *
 * @param read sets the gauges; must not throw, for that would fail the scrape
 * @returns the `collect` of each of the gauges
 */
export function atScrape(read: () => Promise<void>): () => Promise<void> {
  let reading: Promise<void> | null = null;
  return () => {
    reading ??= read().finally(() => {
      reading = null;
    });
    return reading;
  };
}
