import type { DeliveryDesk, DeskChanges, DeskSchedule } from '../../domain/delivery/desk/delivery-desk.ts';
import type { Queryable } from '../../platform/database/database.ts';
import { closeAlerts } from '../sql/close-alerts.ts';
import { insertAlerts } from '../sql/insert-alerts.ts';
import { deleteDeliveryWatches } from './sql/delete-delivery-watches.ts';
import { insertDeliveryRisks } from './sql/insert-delivery-risks.ts';
import { loadDeliveryWatches } from './sql/load-delivery-watches.ts';
import { loadProductGrades } from './sql/load-product-grades.ts';
import { loadSellerStats } from './sql/load-seller-stats.ts';
import { readLearntState } from './sql/read-learnt-state.ts';
import { upsertDeliveryWatches } from './sql/upsert-delivery-watches.ts';
import { upsertLearntStates } from './sql/upsert-learnt-states.ts';
import { upsertProductGrades } from './sql/upsert-product-grades.ts';
import { upsertSellerScores } from './sql/upsert-seller-scores.ts';
import { upsertSellerStats } from './sql/upsert-seller-stats.ts';

const NAME = 'delivery-desk';
const SCHEDULE = 'schedule';

/** Rows in one statement: a pass over years of history changes tens of thousands. */
const MOST_ROWS = 5000;

/** Reads all that a new desk has to remember. */
export async function restoreDesk(db: Queryable, desk: DeliveryDesk): Promise<void> {
  const schedule = (await readLearntState(db, NAME)).get(SCHEDULE) as DeskSchedule | undefined;
  desk.restore({
    sellers: await loadSellerStats(db),
    grades: await loadProductGrades(db),
    watches: await loadDeliveryWatches(db),
    schedule: schedule ?? { now: null, scoresDue: null, gradesDue: null },
  });
}

/** Writes what has changed, with alerts and predictions. */
export async function persistDesk(db: Queryable, changes: DeskChanges): Promise<void> {
  const { risks, raised, resolved, watches, sellers, scores, grades, schedule } = changes;
  await inParts(risks, (part) => insertDeliveryRisks(db, part));
  await inParts(raised, (part) => insertAlerts(db, part));
  await inParts(resolved, (part) => closeAlerts(db, part));
  await inParts(watches.removed, (part) => deleteDeliveryWatches(db, part));
  await inParts(watches.put, (part) => upsertDeliveryWatches(db, part));
  await inParts(sellers, (part) => upsertSellerStats(db, part));
  await inParts(scores, (part) => upsertSellerScores(db, part));
  await inParts(grades, (part) => upsertProductGrades(db, part));
  if (schedule.now === null) return;
  const states: [string, string][] = [[SCHEDULE, JSON.stringify(schedule)]];
  await upsertLearntStates(db, { name: NAME, states, at: schedule.now });
}

async function inParts<T>(rows: readonly T[], write: (part: readonly T[]) => Promise<void>): Promise<void> {
  for (let from = 0; from < rows.length; from += MOST_ROWS) await write(rows.slice(from, from + MOST_ROWS));
}
