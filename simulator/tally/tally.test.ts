import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { DEFAULT_THRESHOLDS } from '../../domain/holds/thresholds.ts';
import { validateOrder } from '../../domain/holds/validation.ts';
import type { OrderEvent } from '../../domain/order/event.ts';
import { decodeOrderRecord } from '../../domain/records/decode-record.ts';
import { generate } from '../generate.ts';
import { SCENARIOS, type SimulatedRecord } from '../record.ts';
import { ArrivalLog } from './burst-rules.ts';
import { Tally } from './tally.ts';

interface Arrival {
  id: string;
  user: string | null;
  product: string;
  /** ms */
  t: number;
}

const within = (arrivals: Arrival[], of: Arrival, ms: number) =>
  arrivals.filter((a) => a.t > of.t - ms && (a.t < of.t || (a.t === of.t && a.id <= of.id))).length;

/** The burst rules word by word, without any cleverness. */
function bruteForce(arrivals: Arrival[]): { user: Set<string>; product: Set<string> } {
  const user = new Set<string>();
  const product = new Set<string>();
  for (const arrival of arrivals) {
    const same = arrivals.filter((a) => a.product === arrival.product);
    if (within(same, arrival, 1_000) >= 4) product.add(arrival.id);
    const own = same.filter((a) => a.user === arrival.user);
    if (arrival.user === null || within(own, arrival, 10_000) <= 5) continue;
    for (const a of own) if (a.t >= arrival.t - 15_000 && a.t <= arrival.t) user.add(a.id);
  }
  return { user, product };
}

const HUGE = 4_096;

function sent(
  scenarios: Parameters<typeof generate>[0]['scenarios'],
  events: number,
  seed = 'tally',
): SimulatedRecord[] {
  const options = {
    run: 'R1',
    start: Date.UTC(2026, 2, 2, 3),
    density: 60,
    timeZone: 'Asia/Seoul',
    locale: 'ko',
  } as const;
  return [
    ...generate({
      ...options,
      seed,
      scenarios,
      events,
      background: true,
      daily: false,
      maxRecordBytes: HUGE,
    }),
  ];
}

/** Reads the bytes as the processor would and counts again. */
function recount(records: SimulatedRecord[]) {
  const deadLetters: Record<string, number> = { PARSE_ERROR: 0, SCHEMA_MISSING: 0, SCHEMA_INVALID: 0 };
  const events = new Map<string, OrderEvent>();
  let accepted = 0;
  for (const { value, at } of records) {
    const decoded = decodeOrderRecord(value, (at + 60_000) * 1_000, { maxBytes: HUGE, maxDepth: 64 });
    if (decoded.kind === 'rejected') {
      deadLetters[decoded.type] = (deadLetters[decoded.type] ?? 0) + 1;
      continue;
    }
    accepted++;
    const { event } = decoded;
    events.set(`${event.orderId} ${event.occurredAt} ${event.contentHash}`, event);
  }
  const created = [...events.values()].filter(({ eventType }) => eventType === 'ORDER_CREATED');
  const arrivals = created
    .filter(({ fields }) => fields.productId !== null)
    .map((e) => ({
      id: e.orderId,
      user: e.fields.userId,
      product: e.fields.productId as string,
      t: e.occurredAt / 1_000,
    }));
  const ids = (of: OrderEvent[]) => new Set(of.map(({ orderId }) => orderId)).size;
  const { user, product } = bruteForce(arrivals);
  return {
    accepted,
    events: events.size,
    orders: ids([...events.values()]),
    deadLetters,
    holds: {
      'FUL-VALID': ids(created.filter(({ fields }) => validateOrder(fields).length > 0)),
      'FUL-FRAUD-USER': user.size,
      'FUL-FRAUD-PROD': product.size,
      EXTERNAL: ids([...events.values()].filter(({ holdSignal }) => holdSignal === 'open')),
    },
  };
}

describe('Tally', () => {
  it.each([...SCENARIOS, 'mixed' as const])('equals an independent recount of the bytes: %s', (scenario) => {
    const records = sent([scenario], 6_000);
    const tally = new Tally(true);
    for (const record of records) tally.add(record);
    const { accepted, events, orders, deadLetters, holds } = tally.summary();
    const { 'FUL-INV': _, ...counted } = holds;
    expect({ accepted, events, orders, deadLetters, holds: counted }).toEqual(recount(records));
  });

  it('counts orders beyond the stock of scarce products, and none without stock', () => {
    const withStock = new Tally(true);
    const without = new Tally(false);
    const paid = new Map<string, Set<string>>();
    const pieces = new Map<string, number>();
    for (const record of sent(['out-of-stock'], 4_000)) {
      withStock.add(record);
      without.add(record);
      if (record.kind !== 'event' || record.step.type !== 'PAID') continue;
      const { productId, openingStock } = record.order.product;
      if (openingStock === null || openingStock > 3) continue;
      pieces.set(productId, openingStock);
      paid.set(productId, (paid.get(productId) ?? new Set()).add(record.order.id));
    }
    let short = 0;
    for (const [product, orders] of paid) short += Math.max(orders.size - (pieces.get(product) ?? 0), 0);
    expect(short).toBeGreaterThan(50);
    expect(withStock.summary().holds['FUL-INV']).toBe(short);
    expect(without.summary().holds['FUL-INV']).toBe(0);
  });

  it('sees hardly any normal order held by chance, also in dense traffic', () => {
    for (const density of [20, 2_000]) {
      const options = {
        run: 'R1',
        start: Date.UTC(2026, 2, 2, 3),
        density,
        timeZone: 'Asia/Seoul',
        locale: 'ko',
      } as const;
      const tally = new Tally(true);
      for (const record of generate({
        ...options,
        seed: '1',
        scenarios: ['normal'],
        events: 40_000,
        background: true,
        daily: true,
      })) {
        tally.add(record);
      }
      const { accidentalHolds, orders } = tally.summary();
      expect(accidentalHolds / orders, `${density}/s`).toBeLessThan(0.01);
    }
  });
});

describe('ArrivalLog', () => {
  it('agrees with the rules word by word', () => {
    const arrival = fc.record({
      product: fc.integer({ min: 0, max: 2 }),
      user: fc.integer({ min: -1, max: 1 }),
      t: fc.integer({ min: 0, max: 40 }),
    });
    fc.assert(
      fc.property(fc.array(arrival, { maxLength: 60 }), (arrivals) => {
        const log = new ArrivalLog();
        const plain = arrivals.map(({ product, user, t }, i) => {
          log.add(i, t * 500, product, user);
          return {
            id: String(i).padStart(3, '0'),
            user: user === -1 ? null : String(user),
            product: String(product),
            t: t * 500,
          };
        });
        const held = log.held(DEFAULT_THRESHOLDS);
        const expected = bruteForce(plain);
        const named = (orders: Set<number>) =>
          new Set([...orders].map((order) => String(order).padStart(3, '0')));
        expect(named(held.user)).toEqual(expected.user);
        expect(named(held.product)).toEqual(expected.product);
      }),
      { numRuns: 500 },
    );
  });
});
