import { describe, expect, it } from 'vitest';
import { created, oracleOf, oracleOfRecords, recordOf, said, sinceMidnight } from './example.ts';

const HALF_HOUR = 1_800_000_000;
const TWO_HOURS = 4 * HALF_HOUR;

describe('metrics_window', () => {
  it('is empty without records', () => {
    expect(oracleOf([]).metrics).toEqual([]);
  });

  it('has every half hour from the first to the last', () => {
    const { metrics } = oracleOf([created('o1', HALF_HOUR - 1), said('PAID', 3 * HALF_HOUR)]);
    expect(metrics.map((row) => sinceMidnight(row.window_start))).toEqual(
      [0, 1, 2, 3].map((i) => i * HALF_HOUR),
    );
    expect(metrics.map((row) => [row.orders, row.payments, row.backlog, row.event_total])).toEqual([
      [1, 0, 1, 1],
      [0, 0, 1, 0],
      [0, 0, 1, 0],
      [0, 1, 1, 1],
    ]);
  });

  it('counts an order as work until its first terminal event', () => {
    const { metrics } = oracleOf([
      created('o1', 0),
      said('DELIVERED', HALF_HOUR),
      said('CANCELED', 2 * HALF_HOUR),
    ]);
    expect(metrics.map((row) => row.backlog)).toEqual([1, 0, 0]);
  });

  it('counts an order as late from two hours after PAID until it leaves PAID', () => {
    const late = (left: number) =>
      oracleOf([said('PAID', 1), said('PICKING', left), said('ORDER_UPDATED', left + HALF_HOUR)])
        .metrics.map((row) => row.late_orders)
        .reduce((a, b) => a + b, 0);
    expect(late(1 + TWO_HOURS)).toBe(0);
    expect(late(2 + TWO_HOURS)).toBe(0);
    expect(late(TWO_HOURS + HALF_HOUR)).toBe(1);
    expect(late(TWO_HOURS + 3 * HALF_HOUR)).toBe(3);
  });

  it('shows at each end the alerts open and resolved until then', () => {
    const { metrics } = oracleOf([
      said('HOLD', 0, { reason_code: 'R' }),
      said('HOLD_CLEARED', HALF_HOUR),
      said('PAID', 2 * HALF_HOUR),
    ]);
    expect(
      metrics.map((row) => [
        row.holds,
        row.holds_now,
        row.alerts_open,
        row.alerts_resolved,
        row.event_errors,
      ]),
    ).toEqual([
      [1, 1, 1, 0, 1],
      [0, 0, 0, 1, 0],
      [0, 0, 0, 1, 0],
    ]);
  });

  it('relates holds to orders, 0 when there are none', () => {
    const { metrics } = oracleOf([
      created('o1', 0, { user_id: '' }),
      created('o2', 1),
      said('HOLD', HALF_HOUR),
    ]);
    expect(metrics.map((row) => row.hold_rate)).toEqual([0.5, 0]);
  });

  it('counts records by when Kafka had them, events by when they occurred', () => {
    const records = [
      recordOf(created('o1', 0), 0, 1_800_000),
      recordOf(created('o1', 0), 1, 3_600_000),
      recordOf(said('NOTE_ADDED', 5), 2),
      recordOf(Buffer.from('{'), 3),
      recordOf(null, 4),
      recordOf({ order_id: 'o1', occurred_at: '2026-03-02T00:00:00Z' }, 5),
      recordOf({ ...said('PAID', 0), amount: 'much' }, 6),
    ];
    const { metrics } = oracleOfRecords(records);
    expect(
      metrics.map((row) => [row.ingest_count, row.parse_errors, row.schema_missing, row.event_total]),
    ).toEqual([
      [5, 2, 1, 2],
      [1, 0, 0, 0],
      [1, 0, 0, 0],
    ]);
    expect(metrics.map((row) => row.alerts_open)).toEqual([4, 4, 4]);
    expect(metrics.map((row) => row.delay_p95_sec)).toEqual([0, 1800, 3600]);
  });

  it('takes the nearest rank of the delays, none below 0', () => {
    const delays = Array.from({ length: 21 }, (_, i) =>
      recordOf(said('ORDER_UPDATED', 0), i, i * 1000 - 1000),
    );
    expect(oracleOfRecords(delays).metrics.map((row) => row.delay_p95_sec)).toEqual([0, 18]);
  });
});
