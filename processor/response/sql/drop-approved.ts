import type { Queryable } from '../../../platform/database/database.ts';

/** What was approved when its incident was over is not sent any more. */
export async function dropApproved(db: Queryable): Promise<void> {
  await db.query({
    name: 'drop_approved',
    text: `UPDATE actions SET
             status = 'EXPIRED', updated_at = now(),
             result = jsonb_build_object('reason', 'its incident was over before it was sent', 'status', NULL,
                                         'attempts', 0, 'uncertain', false)
           WHERE receiver IS NOT NULL AND status = 'APPROVED' AND over_at IS NOT NULL`,
  });
}
