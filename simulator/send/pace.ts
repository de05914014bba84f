import { sleep } from '../../platform/errors/backoff.ts';
import type { SimulatedRecord } from '../record.ts';
import type { RecordSink } from './record-sink.ts';

/** Batches are cut at so many records or bytes; a broker takes 1 MiB a partition by default. */
const BATCH_RECORDS = 2000;
const BATCH_BYTES = 700 * 1024;
/** Paced records due within this many real ms go out together. */
const SLICE_MS = 25;

export interface PaceOptions {
  records: Iterable<SimulatedRecord>;
  sink: RecordSink;
  /** Simulated time of the first record, ms since the epoch. */
  start: number;
  /** Simulated ms a real ms; Infinity: no pacing. */
  speed: number;
  /** Real time at which `start` is due, ms since the epoch. */
  began: number;
  staysInThePast: boolean;
  signal: AbortSignal;
  /** The real clock, ms since the epoch. */
  clock(): number;
  /** Told of what was stored, and how far the simulated clock is. */
  stored(records: readonly SimulatedRecord[], simulated: number): void;
}

/**
 * Sends the records in their order, each not before its time. One batch is under way while the next is generated.
 * Returns when all are stored or the signal has fired and what was under way has come back.
 */
export async function pace(options: PaceOptions): Promise<void> {
  const { sink, signal, clock, start, speed, began } = options;
  const dueAt = (simulated: number): number => {
    const due = Number.isFinite(speed) ? began + (simulated - start) / speed : 0;
    return options.staysInThePast ? Math.max(due, simulated) : due;
  };
  const iterator = options.records[Symbol.iterator]();
  let underWay: Promise<void> = Promise.resolve();
  let next = iterator.next();
  while (!next.done && !signal.aborted) {
    const wait = dueAt(next.value.at) - clock();
    if (wait > 0) await sleep(Math.max(wait, SLICE_MS), signal);
    if (signal.aborted) break;
    const batch: SimulatedRecord[] = [];
    const now = clock();
    let bytes = 0;
    while (!next.done && batch.length < BATCH_RECORDS && bytes < BATCH_BYTES && dueAt(next.value.at) <= now) {
      batch.push(next.value);
      bytes += next.value.value?.length ?? 0;
      next = iterator.next();
    }
    await underWay;
    if (signal.aborted) break;
    const simulated = batch.at(-1)?.at ?? start;
    underWay = sink.send(batch).then((stored) => options.stored(stored, simulated));
    // Rejections are seen at the next await; without a handler until then Node would end the process.
    underWay.catch(() => undefined);
  }
  await underWay;
}
