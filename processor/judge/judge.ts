import type { BurstHold } from '../../domain/holds/burst-rules.ts';
import { externalEpisodes } from '../../domain/holds/external-episodes.ts';
import type { HoldThresholds } from '../../domain/holds/thresholds.ts';
import type { OrderState } from '../../domain/order/fold.ts';
import { formatIso8601 } from '../../domain/time/iso8601.ts';
import type { Micros } from '../../domain/time/micros.ts';
import type { Connection } from '../../platform/database/database.ts';
import { burstHolds } from '../sql/burst-holds.ts';
import { loadHoldToggles } from '../sql/load-hold-toggles.ts';
import { lockJudgement } from '../sql/lock-judgement.ts';
import { upsertExternalHolds, type WrittenExternalHold } from '../sql/upsert-external-holds.ts';
import { type HoldRequest, upsertHolds, type WrittenHold } from '../sql/upsert-holds.ts';
import type { FoldedBatch } from '../topics/orders/fold-batch.ts';
import { announce, announceClosed, type Regions } from './announce.ts';
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
  const written: (WrittenHold | WrittenExternalHold)[] = await upsertHolds(connection, requests);
  const external = await followInboundHolds(connection, judgement.topic, toggled);
  written.push(...external);
  written.push(...(await settleStock(connection, stock, turnedBy(written))));

  if (written.length > 0) await announce(connection, written, regionsOf(batch));
  await announceClosed(
    connection,
    external.filter((hold) => hold.closedAt !== null),
  );
  return countByReason(written);
}

/** When each order's holds last opened or closed. */
function turnedBy(written: readonly (WrittenHold & { closedAt?: Micros | null })[]): Map<string, Micros> {
  const turned = new Map<string, Micros>();
  for (const { orderId, openedAt, closedAt } of written)
    turned.set(orderId, Math.max(turned.get(orderId) ?? openedAt, closedAt ?? openedAt));
  return turned;
}

/** The regions of a batch's orders. */
export function regionsOf(batch: FoldedBatch): Regions {
  return new Map(batch.writes.map(({ state }) => [state.orderId, state.fields.region]));
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

/** Holds that are new, by reason. */
export function countByReason(written: readonly WrittenHold[]): Record<string, number> {
  const counts: Record<string, number> = {};
  for (const hold of written) if (hold.isNew) counts[hold.reason] = (counts[hold.reason] ?? 0) + 1;
  return counts;
}
