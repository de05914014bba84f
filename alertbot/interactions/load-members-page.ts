import type { Micros } from '../../domain/time/micros.ts';
import type { Queryable } from '../../platform/database/database.ts';
import { type MembersPage, PAGE_SIZE, pageCount } from '../messages/modals.ts';
import { listGroupMembers } from '../sql/list-group-members.ts';
import { loadAlertViews } from '../sql/load-alert-views.ts';

/** A page of a group's members; the last one when there are not so many pages any more. */
export async function loadMembersPage(
  db: Queryable,
  messageId: number,
  wanted: number,
  now: Micros,
): Promise<MembersPage> {
  const { ids, total } = await listGroupMembers(db, messageId, {
    offset: (wanted - 1) * PAGE_SIZE,
    limit: PAGE_SIZE,
  });
  const pages = pageCount(total);
  if (wanted > pages) return loadMembersPage(db, messageId, pages, now);
  const views = new Map((await loadAlertViews(db, ids, now)).map((view) => [view.alertId, view]));
  const members = ids.map((id) => views.get(id)).filter((view) => view !== undefined);
  return { messageId, total, page: wanted, members };
}
