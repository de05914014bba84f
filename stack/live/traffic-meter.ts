import { type Buckets, buckets, parseSamples, quantileSince, type Sample, total } from './prometheus-text.ts';
import type { Alerts, Traffic } from './state.ts';

const rateWindowMs = 10_000;
const latencyWindowMs = 60_000;
const historyLength = 60;

/** What the processor tells itself is no traffic. */
const OWN_TOPICS: ReadonlySet<string> = new Set(['holds', 'actions']);

type Reading = { readonly at: number; readonly consumed: number; readonly latency: Buckets };

/** Turns successive readings of the processor's /metrics into what the live view shows. */
export class TrafficMeter {
  readonly #readings: Reading[] = [];
  readonly #history: number[] = [];

  /** Takes a reading: the exposition text, and its time in milliseconds of a monotonic clock. */
  read(text: string, at: number): Traffic {
    const samples = parseSamples(text).filter(({ labels }) => !OWN_TOPICS.has(labels.topic ?? ''));
    const consumed = total(samples, 'holdfast_records_consumed_total') ?? 0;
    const latency = buckets(samples, 'holdfast_end_to_end_latency_seconds');
    const last = this.#readings.at(-1);
    // A restarted processor counts from zero.
    if (last !== undefined && consumed < last.consumed) this.#readings.length = 0;
    else if (last !== undefined) this.#note(perSecond(last, { at, consumed }));
    this.#readings.push({ at, consumed, latency });
    while ((this.#readings[0]?.at ?? at) < at - latencyWindowMs) this.#readings.shift();

    const rateFrom = this.#readings.find((reading) => reading.at >= at - rateWindowMs);
    const oldest = this.#readings[0];
    return {
      recordsPerSecond: rateFrom === undefined ? 0 : perSecond(rateFrom, { at, consumed }),
      consumed,
      duplicate: total(samples, 'holdfast_records_duplicate_total') ?? 0,
      deadLettered: total(samples, 'holdfast_records_dead_lettered_total') ?? 0,
      holdsOpened: total(samples, 'holdfast_holds_opened_total') ?? 0,
      lag: total(samples, 'holdfast_consumer_lag'),
      latencyP95: quantileSince(
        oldest?.at === at ? new Map() : (oldest?.latency ?? new Map()),
        latency,
        0.95,
      ),
      history: [...this.#history],
      alerts: alerts(samples),
    };
  }

  #note(rate: number): void {
    this.#history.push(rate);
    if (this.#history.length > historyLength) this.#history.shift();
  }
}

function alerts(samples: readonly Sample[]): Alerts {
  const inStatus = (status: string) => total(samples, 'holdfast_alerts', { status }) ?? 0;
  return {
    open: inStatus('OPEN'),
    acknowledged: inStatus('ACK'),
    retrying: inStatus('RETRY_REQUESTED'),
    unsent: total(samples, 'holdfast_outbox_depth', { outbox: 'slack' }) ?? 0,
  };
}

function perSecond(from: { at: number; consumed: number }, to: { at: number; consumed: number }): number {
  return to.at > from.at ? ((to.consumed - from.consumed) * 1000) / (to.at - from.at) : 0;
}
