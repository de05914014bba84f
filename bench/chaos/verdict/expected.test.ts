import { describe, expect, it } from 'vitest';
import { DEFAULT_THRESHOLDS } from '../../../domain/holds/thresholds.ts';
import { oracle } from '../../../test/support/oracle/oracle.ts';
import { CONTRACT_THRESHOLDS } from '../../../test/support/oracle/types.ts';
import { makeTraffic, withPoison } from '../stage/traffic.ts';
import { compareKeys, compareValues, holds } from './comparison.ts';
import { expectedOf, holdKey } from './expected.ts';
import type { LoggedRecord } from './kafka-log.ts';

const START = Date.UTC(2026, 2, 2, 3);
const NOW = (START + 3_600_000) * 1_000;
const MAX_RECORD_BYTES = 64 * 1024;
const PLAN = {
  seed: 'expected',
  run: 'E1',
  start: START,
  seconds: 25,
  rate: 60,
  maxRecordBytes: MAX_RECORD_BYTES,
};

const LOG: readonly LoggedRecord[] = withPoison(makeTraffic(PLAN).records, PLAN, {
  ...{ share: 0.3, from: 10, to: 20 },
}).map(({ key, value }, offset) => ({
  ...{ partition: 0, offset, headers: {} },
  key: key === null ? null : Buffer.from(key),
  value,
}));
const expected = (log: readonly LoggedRecord[]) =>
  expectedOf(log, { now: NOW, maxRecordBytes: MAX_RECORD_BYTES, thresholds: DEFAULT_THRESHOLDS });
const WANTED = expected(LOG);

it('says of traffic what the oracle says', () => {
  const records = LOG.filter(({ value }) => (value?.length ?? 0) <= MAX_RECORD_BYTES).map(
    ({ partition, offset, value }) => ({
      topic: 'orders',
      kafkaTimestampMs: START,
      partition,
      offset,
      value,
    }),
  );
  const judged = oracle({ records, catalogue: new Map(), thresholds: CONTRACT_THRESHOLDS, now: NOW });
  const held = judged.holds.map((hold) =>
    holdKey({
      orderId: hold.order_id,
      reason: hold.reason_code,
      episode: hold.episode,
      openedAt: hold.opened_at,
      closedAt: hold.closed_at,
    }),
  );
  expect(held.length).toBeGreaterThan(10);
  expect(WANTED.holds.toSorted()).toEqual(held.toSorted());
  expect(WANTED.orders.size).toBe(judged.orders.length);
  expect(WANTED.events).toHaveLength(judged.events.length);
  expect(WANTED.rejected.length).toBeGreaterThan(100);
  expect(WANTED.alerts).toHaveLength(WANTED.holds.length + WANTED.rejected.length);
});

it('does not depend on the order of the records', () => {
  const turned = expected(LOG.toReversed());
  expect(turned.holds.toSorted()).toEqual(WANTED.holds.toSorted());
  expect(holds(compareValues('orders', WANTED.orders, turned.orders))).toBe(true);
});

describe('a verdict over it', () => {
  it('finds one lost record', () => {
    const { offset } = LOG.find(({ value }) => String(value).includes('ORDER_CREATED')) ?? { offset: -1 };
    const stored = expected(LOG.filter((record) => record.offset !== offset));
    expect(compareKeys('raw rows', WANTED.raw, stored.raw).lost).toEqual([`0:${offset}`]);
    expect(compareKeys('events', WANTED.events, stored.events).lost).toHaveLength(1);
    expect(holds(compareValues('orders', WANTED.orders, stored.orders))).toBe(false);
  });

  it('finds a hold that is there twice, and one of another time', () => {
    const [first = '', second = ''] = WANTED.holds;
    expect(compareKeys('holds', WANTED.holds, [...WANTED.holds, first]).doubled).toEqual([first]);
    const moved = WANTED.holds.map((hold) => (hold === second ? `${hold}9` : hold));
    expect(compareKeys('holds', WANTED.holds, moved)).toMatchObject({
      lost: [second],
      wrong: [`${second}9`],
    });
  });
});
