import { describe, expect, it } from 'vitest';
import { created, oracleOf, oracleOfRecords, recordOf, said, sinceMidnight } from './example.ts';

const row = (...messages: Record<string, unknown>[]) => oracleOf(messages).orders[0];

describe('the status of an order', () => {
  it('is that of the latest event that has one', () => {
    expect(row(said('PICKING', 2), said('PAID', 1), said('ORDER_UPDATED', 3))).toMatchObject({
      current_status: 'PICKING',
      current_stage: 'FULFILLMENT',
      last_event_type: 'ORDER_UPDATED',
    });
    expect(row(said('PAID', 2), said('PICKING', 1))?.current_status).toBe('PAID');
  });

  it('stays terminal, the later of two terminal ones', () => {
    expect(row(said('DELIVERED', 1), said('PICKING', 2))?.current_status).toBe('DELIVERED');
    expect(row(said('CANCELED', 1), said('DELIVERED', 2))?.current_status).toBe('DELIVERED');
    expect(row(said('CANCELED', 1), said('DELIVERED', 1))?.current_status).toBe('CANCELED');
  });

  it('is the higher rank at one instant', () => {
    expect(
      row(said('SHIPPED', 1, { event_id: 'a' }), said('PAID', 1, { event_id: 'b' }))?.current_status,
    ).toBe('SHIPPED');
  });

  it('comes from current_status when that is valid', () => {
    expect(row(said('ORDER_UPDATED', 1, { current_status: 'PACKED' }))?.current_status).toBe('PACKED');
    expect(row(said('PAID', 1, { current_status: 'paid' }))?.current_status).toBe('PAID');
    expect(row(said('HOLD_CLEARED', 1, { current_status: 'PAID' }))?.current_status).toBe('PAID');
  });

  it('is CREATED while nothing says more; a HOLD says nothing', () => {
    expect(row(said('ORDER_UPDATED', 1))?.current_status).toBe('CREATED');
    expect(row(said('PAID', 1, { current_status: 'HOLD' }))).toMatchObject({
      current_status: 'CREATED',
      paid_at: null,
    });
    expect(row(said('HOLD', 1, { current_status: 'PAID' }))).toMatchObject({
      current_status: 'CREATED',
      paid_at: null,
    });
  });
});

describe('the rest of an order', () => {
  it('takes each field from the latest event that carries it', () => {
    const order = row(
      said('ORDER_UPDATED', 1, { region: 'A', channel: 'app', quantity: 4 }),
      said('HOLD', 3, { region: '', currency: 'EUR' }),
      said('ORDER_UPDATED', 2, { region: 'B', quantity: null }),
    );
    expect(order).toMatchObject({ region: 'B', channel: 'app', quantity: 4, currency: 'EUR' });
  });

  it('has a quantity of 1 and the first creation as created_at, unless told', () => {
    expect(row(said('PAID', 1))).toMatchObject({ quantity: 1, created_at: null });
    const order = row(created('o1', 9), created('o1', 4));
    expect(sinceMidnight(order?.created_at)).toBe(4);
    const told = row(
      created('o1', 9),
      said('ORDER_UPDATED', 3, { created_at: '2026-03-02T00:00:00.000002Z' }),
    );
    expect(sinceMidnight(told?.created_at)).toBe(2);
  });

  it('keeps the first time of each status', () => {
    const order = row(said('PAID', 5), said('PAID', 3), said('SHIPPED', 2), said('PACKED', 9));
    expect(sinceMidnight(order?.paid_at)).toBe(3);
    expect(sinceMidnight(order?.left_paid_at)).toBe(2);
    expect(sinceMidnight(order?.packed_at)).toBe(9);
  });

  it('does not come from unknown event types', () => {
    expect(oracleOf([said('NOTE_ADDED', 1)]).orders).toEqual([]);
    expect(row(said('PAID', 1), said('NOTE_ADDED', 2, { region: 'A' }))).toMatchObject({
      region: null,
      last_event_type: 'PAID',
    });
  });
});

describe('identity of events', () => {
  it('sees through form, offset and production time', () => {
    const flat = {
      order_id: 'o1',
      last_event_type: 'PAID',
      last_occurred_at: '2026-03-02T09:00:00+09:00',
      event_produced_at: '2026-03-02T09:00:01+09:00',
    };
    const { events } = oracleOf(
      [
        said('PAID', 0, { event_produced_at: '2026-03-02T00:00:02Z' }),
        { ...flat, occurred_at: undefined },
      ].map((one) => JSON.parse(JSON.stringify(one)) as Record<string, unknown>),
    );
    expect(events.map((event) => sinceMidnight(event.producedAt))).toEqual([1_000_000]);
  });

  it('counts the same id with other content as a second fact', () => {
    const { events } = oracleOf([
      said('PAID', 0, { event_id: 'e', amount: 1 }),
      said('PAID', 0, { event_id: 'e', amount: 2 }),
    ]);
    expect(events).toHaveLength(2);
  });

  it('counts a record once, however often it is delivered', () => {
    const record = recordOf(said('PAID', 0), 7);
    expect(oracleOfRecords([record, record]).records).toHaveLength(1);
  });
});
