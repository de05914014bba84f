import { holdAlert } from '../../domain/alerts/alert.ts';
import { formatIso8601 } from '../../domain/time/iso8601.ts';
import type { Micros } from '../../domain/time/micros.ts';
import type { Connection } from '../../platform/database/database.ts';
import { redateAlerts, resolveAlertsOfClosedHolds } from '../sql/follow-holds.ts';
import { insertAlerts } from '../sql/insert-alerts.ts';
import { insertOutbox, type OutboxMessage } from '../sql/insert-outbox.ts';
import type { WrittenExternalHold } from '../sql/upsert-external-holds.ts';
import type { WrittenHold } from '../sql/upsert-holds.ts';

/** Region by order, of the orders at hand. Holds of other orders are not grouped by it. */
export type Regions = ReadonlyMap<string, string | null>;

/** Alerts for new holds, and a message on topic `holds` for whoever must not ship them. */
export async function announce(
  connection: Connection,
  written: readonly WrittenHold[],
  regions: Regions,
): Promise<void> {
  const opened = written.filter((hold) => hold.isNew);
  await raiseHoldAlerts(connection, opened, regions);
  await redateAlerts(
    connection,
    written.filter((hold) => !hold.isNew).map((hold) => hold.holdId),
  );
  await insertOutbox(
    connection,
    opened.map((hold) => holdMessage('HOLD_OPENED', hold, hold.openedAt)),
  );
}

/** Raises the alert of each of these holds. */
export async function raiseHoldAlerts(
  connection: Connection,
  holds: readonly WrittenHold[],
  regions: Regions,
): Promise<void> {
  await insertAlerts(
    connection,
    holds.map((hold) => holdAlert(hold, regions.get(hold.orderId) ?? null)),
  );
}

/** An inbound HOLD_CLEARED closed these: their alerts are over, and warehouses may go on. */
export async function announceClosed(
  connection: Connection,
  closed: readonly WrittenExternalHold[],
): Promise<void> {
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
