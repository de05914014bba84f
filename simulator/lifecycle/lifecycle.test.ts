import { describe, expect, it } from 'vitest';
import { validateOrder } from '../../domain/holds/validation.ts';
import { decodeOrderRecord } from '../../domain/records/decode-record.ts';
import { DEFAULT_INPUT_LIMITS } from '../../domain/records/json-record.ts';
import { generate } from '../generate.ts';
import type { EventRecord } from '../record.ts';
import { Prng } from '../timing/prng.ts';
import type { EventType } from './order.ts';
import { planStalled } from './plan.ts';

const START = Date.UTC(2026, 2, 2, 3);

/** What may follow what in an order's life, whatever order it is told in. */
const NEXT: Record<EventType, readonly EventType[]> = {
  ORDER_CREATED: ['PAID', 'CANCELED', 'ORDER_UPDATED'],
  ORDER_UPDATED: ['PAID', 'PICKING', 'CANCELED'],
  PAID: ['PICKING', 'CANCELED', 'ORDER_UPDATED'],
  PICKING: ['PACKED', 'CANCELED', 'HOLD'],
  HOLD: ['HOLD_CLEARED', 'CANCELED'],
  HOLD_CLEARED: ['PACKED', 'CANCELED'],
  PACKED: ['SHIPPED', 'CANCELED'],
  SHIPPED: ['DELIVERED'],
  DELIVERED: [],
  CANCELED: [],
};

function sample(events: number): EventRecord[] {
  const options = {
    seed: 'life',
    run: 'L1',
    start: START,
    density: 100,
    timeZone: 'Asia/Seoul',
    locale: 'ko',
  } as const;
  const records = generate({
    ...options,
    scenarios: ['mixed'],
    events,
    background: true,
    daily: false,
    maxRecordBytes: 4_096,
  });
  return [...records].filter((record) => record.kind === 'event');
}

describe('orders that nobody releases', () => {
  const HOUR = 3_600_000;

  it('end canceled, each step after the one before', () => {
    const rng = new Prng('stalled');
    for (let i = 0; i < 2_000; i++) {
      const plan = planStalled(rng, 1, rng.chance(0.4));
      const times = plan.map(({ after }) => after);
      expect(plan.at(-1)?.type).toBe('CANCELED');
      expect(times).toEqual(times.toSorted((a, b) => a - b));
    }
  });

  it('end within a day of being paid, in every scenario: an overdue preparation would be told of for ever', () => {
    const records = generate({
      seed: 'stalled',
      run: 'S1',
      start: START,
      density: 100,
      timeZone: 'Asia/Seoul',
      locale: 'ko',
      scenarios: ['mixed'],
      events: 20_000,
      background: true,
      daily: false,
      maxRecordBytes: 4_096,
    });
    const orders = new Set([...records].flatMap((record) => (record.kind === 'event' ? [record.order] : [])));
    const unfinished: string[] = [];
    for (const { scenario, steps } of orders) {
      const paid = steps.find(({ type }) => type === 'PAID');
      if (paid === undefined) continue;
      const ends = steps.filter(({ type }) => type === 'SHIPPED' || type === 'CANCELED');
      if (!ends.some(({ occurred }) => occurred - paid.occurred < 24 * HOUR)) unfinished.push(scenario);
    }
    expect(unfinished).toEqual([]);
  });
});

describe('the life of an order', () => {
  const records = sample(8_000);
  const types = new Set(records.map(({ step }) => step.type));

  it('goes through legal steps only, and all of them occur', () => {
    expect(types.size).toBe(10);
    for (const order of new Set(records.map((record) => record.order))) {
      const told = order.steps.filter(({ copy }) => copy === 'first').sort((a, b) => a.number - b.number);
      expect(told[0]?.type).toBe('ORDER_CREATED');
      told.slice(1).forEach((step, i) => {
        const before = told[i] as (typeof told)[number];
        expect(NEXT[before.type], `${before.type} then ${step.type}`).toContain(step.type);
        expect(step.occurred).toBeGreaterThanOrEqual(before.occurred);
      });
    }
  });

  it('is told in records the decoder reads as meant', () => {
    for (const { value, order, step, at } of records) {
      const decoded = decodeOrderRecord(value, (at + 60_000) * 1_000, DEFAULT_INPUT_LIMITS);
      if (decoded.kind !== 'event') expect.fail(`${decoded.reason}: ${value}`);
      const { event } = decoded;
      expect(event).toMatchObject({
        orderId: order.id,
        eventType: step.type,
        occurredAt: step.occurred * 1_000,
        known: true,
      });
      expect(event.producedAt ?? step.produced * 1_000).toBe(step.produced * 1_000);
      if (step.type === 'ORDER_CREATED') {
        expect(validateOrder(event.fields).length > 0, String(value)).toBe(order.invalid);
        expect(event.fields.productId).toBe(order.product.productId);
      }
      const odd = ['ORDER_CREATED', 'ORDER_UPDATED', 'HOLD', 'HOLD_CLEARED'].includes(step.type);
      if (!odd) expect(event.status).toBe(step.type);
    }
  });

  it('knows five channels, one of which speaks the older message', () => {
    const flat = records.filter(({ value }) => value?.includes('"last_event_type"'));
    expect(new Set(records.map(({ order }) => order.channel)).size).toBe(5);
    expect(
      flat.every(({ order, value }) => order.channel === 'openmarket' && value?.includes('+09:00')),
    ).toBe(true);
    expect(flat.length / records.length).toBeGreaterThan(0.1);
  });

  it('is spread over regions, with Korean addresses', () => {
    const customers = new Set(records.map(({ order }) => order.customer));
    expect(new Set([...customers].map(({ region }) => region)).size).toBe(17);
    for (const { line, zip } of customers) {
      expect(line).toMatch(/^\S+(시|도) .+(구|시|동) .+(로|길) \d+(-\d+)?(, .+ \d+동 \d+호)?$/u);
      expect(zip).toMatch(/^\d{5}$/);
    }
  });
});
