import type { NewAlert } from '../../domain/alerts/alert.ts';
import type { Database } from '../../platform/database/database.ts';
import { inTransaction } from '../../platform/database/transaction.ts';
import { insertAlerts } from './insert-alerts.ts';

/** Raises an alert outside of a batch. */
export async function raiseAlert(database: Database, alert: NewAlert): Promise<void> {
  await inTransaction(database, (connection) => insertAlerts(connection, [alert]));
}
