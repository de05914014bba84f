import type { Connection } from '../../platform/database/database.ts';

/** Any number that no other advisory lock of this database has. */
const DISPATCH_LOCK = 7_405_031;

/**
 * Takes the right to hand alerts over to messages, until the transaction ends.
 *
 * @returns false while another alertbot has it: two that group the same storm would make two messages of it
 */
export async function lockDispatch(db: Connection): Promise<boolean> {
  const { rows } = await db.query<{ locked: boolean }>({
    name: 'lock_slack_dispatch',
    text: 'SELECT pg_try_advisory_xact_lock($1) AS locked',
    values: [DISPATCH_LOCK],
  });
  return rows[0]?.locked === true;
}
