import { expect, it } from 'vitest';
import { YEAR_2000 } from '../../domain/time/micros.ts';
import { MemoryLog } from '../../test/support/replay/memory-log.ts';
import type { OutgoingRecord } from './batch.ts';
import { Publisher } from './publisher.ts';
import { ResumePoint } from './resume-point.ts';

/** What a broker takes of a partition in one request, unless it is told otherwise. */
const BROKER_BYTES = 1_048_576;

function bytesOf({ key, value, headers }: OutgoingRecord): number {
  const texts = [key, value, ...Object.entries(headers).flat()];
  return texts.reduce((sum, text) => sum + Buffer.byteLength(text ?? ''), 0);
}

/** A log that notes how large each request was. */
class MeasuringLog extends MemoryLog {
  readonly requests: number[] = [];

  override append(records: readonly OutgoingRecord[]): Promise<void> {
    this.requests.push(records.reduce((sum, record) => sum + bytesOf(record), 0));
    return super.append(records);
  }
}

async function publish(texts: readonly string[]): Promise<MeasuringLog> {
  const log = new MeasuringLog();
  const { signal } = new AbortController();
  const partitions = { orders: 1, payments: 1, reviews: 1 };
  const point = new ResumePoint();
  const publisher = new Publisher({
    log,
    run: '0123456789abcdef',
    partitions,
    point,
    signal,
    say: () => undefined,
  });
  for (const [index, json] of texts.entries()) {
    const event = { topic: 'reviews', orderId: `${index}`, at: YEAR_2000, json } as const;
    await publisher.event({ sequence: index + 1, ...event });
  }
  await publisher.flush();
  expect(log.partitions.get('reviews 0')?.map(({ value }) => value)).toEqual(texts);
  return log;
}

it('sends what a broker takes, of text whose characters have several bytes', async () => {
  const { requests } = await publish(Array.from({ length: 400 }, () => '늦었어요'.repeat(300)));
  expect(Math.max(...requests)).toBeLessThan(BROKER_BYTES);
  expect(requests.length).toBeLessThan(10);
});

it('does not add a large record to a batch that is nearly full', async () => {
  const { requests } = await publish(['x'.repeat(450_000), 'x'.repeat(900_000), 'x'.repeat(200_000)]);
  expect(requests).toHaveLength(3);
});
