import type { Micros } from '../../domain/time/micros.ts';
import type { Queryable } from '../../platform/database/database.ts';
import type { AlertView, GroupView } from '../messages/alert-view.ts';
import { loadAlertViews } from '../sql/load-alert-views.ts';
import { readAlertsOfMessages } from '../sql/read-alerts-of-messages.ts';
import { type GroupFacts, readGroupFacts } from '../sql/read-group-facts.ts';

/** Members that a group message lists; the others are counted. */
const TOP = 5;

interface Drawable {
  messageId: number;
  groupKey: string | null;
}

/** What these messages have to show, as the database has it now, by message id. */
export async function loadSubjects(
  db: Queryable,
  messages: readonly Drawable[],
  now: Micros,
): Promise<Map<number, AlertView | GroupView>> {
  const singles = messages.filter(({ groupKey }) => groupKey === null).map(({ messageId }) => messageId);
  const groups = messages.filter(({ groupKey }) => groupKey !== null);
  const alertOf = singles.length === 0 ? new Map<number, number>() : await readAlertsOfMessages(db, singles);
  const facts = await readGroupFacts(
    db,
    groups.map(({ messageId }) => messageId),
    TOP,
    now,
  );
  const alertIds = [...alertOf.values(), ...facts.flatMap(({ top }) => top)];
  const views = new Map((await loadAlertViews(db, alertIds, now)).map((view) => [view.alertId, view]));

  const subjects = new Map<number, AlertView | GroupView>();
  for (const [messageId, alertId] of alertOf) {
    const view = views.get(alertId);
    if (view !== undefined) subjects.set(messageId, view);
  }
  const keys = new Map(groups.map(({ messageId, groupKey }) => [messageId, groupKey ?? '']));
  for (const group of facts)
    subjects.set(group.messageId, groupView(group, keys.get(group.messageId) ?? '', views));
  return subjects;
}

function groupView(facts: GroupFacts, groupKey: string, views: ReadonlyMap<number, AlertView>): GroupView {
  const top = facts.top.map((alertId) => views.get(alertId)).filter((view) => view !== undefined);
  const { product, region } = sharedBy(groupKey);
  return {
    ...facts,
    top,
    groupKey,
    productId: product,
    productName:
      top.find(({ order }) => order !== null && order.productId === product)?.order?.productName ?? null,
    region,
  };
}

/** What all alerts of a key have in common, besides the reason: `HOLD/FUL-INV/product/p-7`. */
export function sharedBy(groupKey: string): { product: string | null; region: string | null } {
  const [, , what, ...rest] = groupKey.split('/');
  const value = rest.join('/') || null;
  return { product: what === 'product' ? value : null, region: what === 'region' ? value : null };
}
