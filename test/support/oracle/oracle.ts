import { productBurstHolds, userBurstHolds } from './burst-holds.ts';
import { classifyRecord } from './classify-record.ts';
import { compareText, distinctEvents } from './event-order.ts';
import { externalHolds } from './external-holds.ts';
import { metricsWindows } from './metrics-window.ts';
import { orderRows } from './order-rows.ts';
import { stockHolds } from './stock-holds.ts';
import type {
  AlertInterval,
  HoldRow,
  JudgedRecord,
  KafkaRecord,
  Micros,
  OracleInput,
  OracleOutput,
} from './types.ts';
import { validationHolds } from './validation-holds.ts';

const YEAR_2000 = Date.parse('2000-01-01T00:00:00Z') * 1000;
const DAY = 86_400_000_000;

/**
 * What the database must say after a set of Kafka records, worked out the slow way: from the set alone, looking at
 * everything for everything, without state, batches or order of arrival. A second opinion, so it shares no rule with
 * the code it judges.
 */
export function oracle(input: OracleInput): OracleOutput {
  const records = judgeRecords(input.records, input.now);
  const accepted = records.map((one) => one.outcome).filter((outcome) => outcome.kind === 'event');
  const events = distinctEvents(accepted.map((outcome) => outcome.event));
  const known = events.filter((event) => event.known);
  const holds = sortHolds([
    ...validationHolds(known),
    ...userBurstHolds(known, input.thresholds),
    ...productBurstHolds(known, input.thresholds),
    ...stockHolds(known, input.catalogue),
    ...externalHolds(known),
  ]);
  const orders = orderRows(events);
  const alerts = [
    ...holds.map(alertOfHold),
    ...records.filter((one) => one.outcome.kind === 'rejected').map(alertOfRecord),
  ];
  const metrics = metricsWindows({ records, events, orders, holds, alerts, thresholds: input.thresholds });
  return { records, events, orders, holds, alerts, metrics };
}

function judgeRecords(delivered: readonly KafkaRecord[], now: Micros): JudgedRecord[] {
  const distinct = new Map(
    delivered.map((one) => [JSON.stringify([one.topic, one.partition, one.offset]), one]),
  );
  return [...distinct.values()].map((record) => ({
    record,
    at: Math.min(Math.max(record.kafkaTimestampMs * 1000, YEAR_2000), now + DAY),
    outcome: classifyRecord(record.value, now),
  }));
}

/** By order, reason and episode. */
export function sortHolds<T extends Pick<HoldRow, 'order_id' | 'reason_code' | 'episode'>>(
  holds: readonly T[],
): T[] {
  return [...holds].sort(
    (a, b) =>
      compareText(a.order_id, b.order_id) ||
      compareText(a.reason_code, b.reason_code) ||
      a.episode - b.episode,
  );
}

function alertOfHold(hold: HoldRow): AlertInterval {
  return { about: hold, opened_at: hold.opened_at, resolved_at: hold.closed_at };
}

function alertOfRecord(judged: JudgedRecord): AlertInterval {
  return { about: judged.record, opened_at: judged.at, resolved_at: null };
}
