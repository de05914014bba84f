import { sample, startProcessorProgram } from './programs.ts';
import type { BenchDatabase } from './services.ts';
import { sendSteadily } from './steady-producer.ts';

export interface LatencyRun {
  /** Seconds from the record's timestamp, set by its producer, to committed. */
  p50: number;
  p99: number;
  events: number;
}

const HISTOGRAM = 'holdfast_end_to_end_latency_seconds';

/** Sends at a steady rate over several thousand products and reads the processor's own latency histogram. */
export async function measureLatency(
  brokers: string,
  database: BenchDatabase,
  perSecond: number,
  seconds: number,
): Promise<LatencyRun> {
  const prefix = `latency-${Math.trunc(performance.now())}-`;
  const processor = await startProcessorProgram({
    KAFKA_BROKERS: brokers,
    DATABASE_URL: database.url,
    KAFKA_TOPIC_PREFIX: prefix,
    KAFKA_GROUP_ID: prefix,
  });
  const send = (duration: number, seed: string) =>
    sendSteadily({ brokers, topic: `${prefix}orders`, perSecond, seconds: duration, seed });
  try {
    // Joining the group and compiling are over after these.
    await untilReady(processor.scrape);
    await send(5, '1');
    const before = buckets(await processor.scrape(), HISTOGRAM);
    await send(seconds, '2');
    await new Promise((resolve) => setTimeout(resolve, 3000));
    const after = buckets(await processor.scrape(), HISTOGRAM);
    const counted = after.map(({ le, count }, index) => ({ le, count: count - (before[index]?.count ?? 0) }));
    return { p50: quantile(counted, 0.5), p99: quantile(counted, 0.99), events: counted.at(-1)?.count ?? 0 };
  } finally {
    await processor.stop();
  }
}

/** The processor has made its topics and joined its group. */
async function untilReady(scrape: () => Promise<string>): Promise<void> {
  for (let attempt = 0; attempt < 300; attempt += 1) {
    if (sample(await scrape(), 'holdfast_consumer_rebalances_total') > 0) return;
    await new Promise((resolve) => setTimeout(resolve, 200));
  }
  throw new Error('the processor did not join its group within a minute');
}

export interface Bucket {
  /** Seconds. */
  le: number;
  count: number;
}

/** The cumulative buckets of a histogram, of the series with this label where there are several. */
export function buckets(text: string, histogram: string, label = ''): Bucket[] {
  const lines = new RegExp(`^${histogram}_bucket\\{(.*?le="([^"]+)".*?)\\} (\\S+)$`, 'gm');
  return [...text.matchAll(lines)]
    .filter((match) => match[1]?.includes(label))
    .map((match) => ({
      le: match[2] === '+Inf' ? Number.POSITIVE_INFINITY : Number(match[2]),
      count: Number(match[3]),
    }));
}

/** Linear within the bucket, as PromQL's histogram_quantile does it. */
export function quantile(cumulative: readonly Bucket[], q: number): number {
  const wanted = q * (cumulative.at(-1)?.count ?? 0);
  let lower = { le: 0, count: 0 };
  for (const bucket of cumulative) {
    if (bucket.count >= wanted) {
      if (!Number.isFinite(bucket.le)) return lower.le;
      const share = bucket.count === lower.count ? 1 : (wanted - lower.count) / (bucket.count - lower.count);
      return lower.le + (bucket.le - lower.le) * share;
    }
    lower = bucket;
  }
  return lower.le;
}
