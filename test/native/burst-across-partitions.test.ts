import { beforeAll, expect } from 'vitest';
import { freshDatabase, skipUnlessNative } from '../support/database.ts';
import { expectBalancedDeltas } from '../support/delta-balance.ts';
import { created, recordOf } from '../support/oracle/example.ts';
import { oracle } from '../support/oracle/oracle.ts';
import { expectedState, storedState } from '../support/oracle/stored-state.ts';
import { CONTRACT_THRESHOLDS, type HoldRow, type KafkaRecord } from '../support/oracle/types.ts';
import { ordersHandlerOf, processorDatabase } from '../support/orders-processor.ts';
import { overlap, type Round, type TwoProcessors } from '../support/overlapping-batches.ts';
import { seeded, split } from '../support/traffic/shuffle.ts';
import { NOW, SECOND } from '../support/traffic/times.ts';

const CASES = Number(process.env.RACE_CASES ?? 60);

/** Distances between arrivals at which the rules change their mind. */
const STEPS = [
  0,
  0,
  1,
  250_000,
  400_000,
  SECOND - 1,
  SECOND,
  SECOND + 1,
  2 * SECOND,
  5 * SECOND,
  10 * SECOND,
];

let processors: TwoProcessors;

beforeAll(async () => {
  const { url, native } = await freshDatabase();
  if (!native) return;
  processors = {
    databases: [processorDatabase(url, 'left'), processorDatabase(url, 'right')],
    programs: ['left', 'right'],
    watcher: processorDatabase(url, 'watcher'),
    handler: ordersHandlerOf(),
    now: NOW,
  };
  // Makes the chunks: whoever makes one holds others up until it commits, and nothing would overlap.
  await overlap(processors, [[recordOf(created('warm-up', 0), 0)], []], 0);
});

/** Bursts of a few users and products, each order in one of two partitions of the case's own. */
function burstsOf(seed: number): KafkaRecord[] {
  const next = seeded(seed);
  const pick = <T>(items: readonly T[]): T => items[Math.floor(next() * items.length)]!;
  const name = `case-${seed}`;
  const users = [`${name}-u1`, `${name}-u1`, `${name}-u2`, undefined].slice(0, 1 + Math.floor(next() * 4));
  const products = [`${name}-p1`, `${name}-p1`, `${name}-p2`].slice(0, 1 + Math.floor(next() * 3));
  const offsets = [0, 0];
  let at = 0;
  const orders = 8 + Math.floor(next() * 24);
  return Array.from({ length: orders }, (_, i) => {
    at += pick(STEPS);
    // The id decides between arrivals at the same time, so it does not follow the order of arrival.
    const id = `${name}-${Math.floor(next() * 1000)}-${i}`;
    const side = pick([0, 1]);
    const message = created(id, at, {
      user_id: pick(users),
      product_id: pick(products),
      shipping_address: next() < 0.1 ? '?' : '12 Long Street',
    });
    const offset = offsets[side]!;
    offsets[side] = offset + 1;
    return { ...recordOf(message, offset), partition: 1 + 2 * seed + side };
  });
}

/** The two partitions in one to three batches each, paired up. */
function roundsOf(records: readonly KafkaRecord[], seed: number): Round[] {
  const partition = 1 + 2 * seed;
  const sides = [partition, partition + 1].map((one) => {
    const own = records.filter((record) => record.partition === one);
    return split(own, seed + one, Math.max(1, own.length));
  });
  const rounds = Math.max(...sides.map((side) => side.length));
  return Array.from({ length: rounds }, (_, i) => [sides[0]?.[i] ?? [], sides[1]?.[i] ?? []] as const);
}

async function holdsOf(name: string): Promise<HoldRow[]> {
  const { holds } = await storedState(processors.watcher);
  return holds.filter((hold) => hold.order_id.startsWith(`${name}-`));
}

function expectedHolds(records: readonly KafkaRecord[]): HoldRow[] {
  const said = oracle({ records, catalogue: new Map(), thresholds: CONTRACT_THRESHOLDS, now: NOW });
  return expectedState(said).holds;
}

skipUnlessNative(
  'bursts that two open transactions share are held as the brute-force oracle says',
  async () => {
    let overlaps = 0;
    for (let seed = 1; seed <= CASES; seed += 1) {
      const records = burstsOf(seed);
      for (const round of roundsOf(records, seed)) {
        const halts = await overlap(processors, round, seed % 2 === 0 ? 0 : 1);
        if (halts.every((halt) => halt === 'stopped')) overlaps += 1;
        else expect(round.some((batch) => batch.length === 0)).toBe(true);
      }
      expect(await holdsOf(`case-${seed}`), `case ${seed}`).toEqual(expectedHolds(records));
    }
    expect(overlaps).toBeGreaterThanOrEqual(CASES / 2);
    await expectBalancedDeltas(processors.watcher);
  },
  600_000,
);

skipUnlessNative('without the judgement lock such bursts escape, so the overlap above is real', async () => {
  const start = CASES + 1;
  let escaped = 0;
  for (let seed = start; seed < start + 10; seed += 1) {
    const records = burstsOf(seed);
    for (const round of roundsOf(records, seed)) await overlap(processors, round, 0, false);
    const found = await holdsOf(`case-${seed}`);
    escaped += expectedHolds(records).length - found.length;
  }
  expect(escaped).toBeGreaterThan(0);
});
