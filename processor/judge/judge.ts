import { holdAlert } from '../../domain/alerts/alert.ts';
import type { BurstHold } from '../../domain/holds/burst-rules.ts';
import { externalEpisodes } from '../../domain/holds/external-episodes.ts';
import type { HoldThresholds } from '../../domain/holds/thresholds.ts';
import type { OrderState } from '../../domain/order/fold.ts';
import { formatIso8601 } from '../../domain/time/iso8601.ts';
import type { Micros } from '../../domain/time/micros.ts';
import type { Connection } from '../../platform/database/database.ts';
import { burstHolds } from '../sql/burst-holds.ts';
import { redateAlerts, resolveAlertsOfClosedHolds } from '../sql/follow-holds.ts';
import { insertAlerts } from '../sql/insert-alerts.ts';
import { insertOutbox, type OutboxMessage } from '../sql/insert-outbox.ts';
import { loadHoldToggles } from '../sql/load-hold-toggles.ts';
import { lockJudgement } from '../sql/lock-judgement.ts';
import { upsertExternalHolds, type WrittenExternalHold } from '../sql/upsert-external-holds.ts';
import { type HoldRequest, upsertHolds, type WrittenHold } from '../sql/upsert-holds.ts';
import type { FoldedBatch } from '../topics/orders/fold-batch.ts';
import { settleStock } from './settle-stock.ts';

export interface Judgement {
  topic: string;
  thresholds: HoldThresholds;
  batch: FoldedBatch;
}

/**
 * Holds what has to be held after a batch: the burst rules over the neighbourhood of its arrivals, FUL-VALID, inbound
 * holds, stock. Everything else of the batch is written by now; from here on one transaction at a time.
 *
 * @returns holds opened, by reason
 */
export async function judge(connection: Connection, judgement: Judgement): Promise<Record<string, number>> {
  const { batch, thresholds } = judgement;
  const { arrivals, invalid, stock, toggled } = batch;
  if (arrivals.length + invalid.length + stock.length + toggled.length === 0) return {};
  await lockJudgement(connection);

  const bursts = await burstHolds(connection, arrivals, thresholds);
  const requests = [...bursts.map((hold) => burstRequest(hold, thresholds)), ...invalid.map(invalidRequest)];
  const written: WrittenHold[] = await upsertHolds(connection, requests);
  const external = await followInboundHolds(connection, judgement.topic, toggled);
  written.push(...external);
  const changed = written.map((hold) => hold.orderId);
  written.push(...(await settleStock(connection, stock, changed)));

  await announce(connection, written);
  await announceClosed(
    connection,
    external.filter((hold) => hold.closedAt !== null),
  );
  return countByReason(written);
}

function burstRequest(hold: BurstHold, thresholds: HoldThresholds): HoldRequest {
  const isUser = hold.reason === 'FUL-FRAUD-USER';
  return {
    orderId: hold.orderId,
    reason: hold.reason,
    openedAt: hold.openedAt,
    evidence: {
      trigger_order_id: hold.triggerOrderId,
      trigger_at: formatIso8601(hold.openedAt),
      product_id: hold.productId,
      user_id: hold.userId,
      count: hold.count,
      window_seconds: (isUser ? thresholds.userWindow : thresholds.productWindow) / 1e6,
    },
  };
}

function invalidRequest(state: OrderState): HoldRequest {
  const invalid = state.invalid;
  if (invalid === null) throw new Error(`order ${state.orderId} was listed as invalid without a reason`);
  return {
    orderId: state.orderId,
    reason: 'FUL-VALID',
    openedAt: invalid.version[0],
    evidence: { event_id: invalid.version[2], problems: invalid.problems },
  };
}

async function followInboundHolds(
  connection: Connection,
  topic: string,
  orderIds: readonly string[],
): Promise<WrittenExternalHold[]> {
  if (orderIds.length === 0) return [];
  const toggles = await loadHoldToggles(connection, topic, orderIds);
  const episodes = [...toggles].flatMap(([orderId, own]) =>
    externalEpisodes(own).map((episode) => ({ orderId, episode })),
  );
  return upsertExternalHolds(connection, episodes);
}

/** Alerts for new holds, and a message on topic `holds` for whoever must not ship them. */
async function announce(connection: Connection, written: readonly WrittenHold[]): Promise<void> {
  const opened = written.filter((hold) => hold.isNew);
  await insertAlerts(connection, opened.map(holdAlert));
  await redateAlerts(
    connection,
    written.filter((hold) => !hold.isNew).map((hold) => hold.holdId),
  );
  await insertOutbox(
    connection,
    opened.map((hold) => holdMessage('HOLD_OPENED', hold, hold.openedAt)),
  );
}

/** An inbound HOLD_CLEARED closed these: their alerts are over, and warehouses may go on. */
async function announceClosed(connection: Connection, closed: readonly WrittenExternalHold[]): Promise<void> {
  await resolveAlertsOfClosedHolds(
    connection,
    closed.map((hold) => hold.holdId),
  );
  await insertOutbox(
    connection,
    closed.map((hold) => holdMessage('HOLD_CLEARED', hold, hold.closedAt ?? hold.openedAt)),
  );
}

function holdMessage(
  eventType: 'HOLD_OPENED' | 'HOLD_CLEARED',
  hold: WrittenHold,
  at: Micros,
): OutboxMessage {
  return {
    topic: 'holds',
    key: hold.orderId,
    value: {
      event_type: eventType,
      order_id: hold.orderId,
      reason_code: hold.reason,
      episode: hold.episode,
      occurred_at: formatIso8601(at),
      evidence: hold.evidence,
    },
  };
}

function countByReason(written: readonly WrittenHold[]): Record<string, number> {
  const counts: Record<string, number> = {};
  for (const hold of written) if (hold.isNew) counts[hold.reason] = (counts[hold.reason] ?? 0) + 1;
  return counts;
}
