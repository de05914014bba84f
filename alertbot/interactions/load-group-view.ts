import type { Micros } from '../../domain/time/micros.ts';
import type { Queryable } from '../../platform/database/database.ts';
import type { GroupView } from '../messages/alert-view.ts';
import { loadAlertViews } from '../sql/load-alert-views.ts';
import { readGroupFacts } from '../sql/read-group-facts.ts';

/** The group that a message shows, with its most urgent member; null when it has no members. */
export async function loadGroupView(
  db: Queryable,
  messageId: number,
  now: Micros,
): Promise<GroupView | null> {
  const [facts] = await readGroupFacts(db, [messageId], 1, now);
  if (facts === undefined) return null;
  const top = await loadAlertViews(db, facts.top, now);
  const order = top[0]?.order ?? null;
  return {
    ...facts,
    top,
    groupKey: top[0]?.groupKey ?? '',
    productId: order?.productId ?? null,
    productName: order?.productName ?? null,
    region: order?.region ?? null,
  };
}
