import type { SeriesMonitor } from '../../domain/series/series-monitor.ts';
import type { Micros } from '../../domain/time/micros.ts';
import type { Connection } from '../../platform/database/database.ts';
import { readLearntState } from '../sequence/sql/read-learnt-state.ts';
import { upsertLearntStates } from '../sequence/sql/upsert-learnt-states.ts';
import { deleteDetectorStates, loadDetectorStates, upsertDetectorStates } from './sql/detector-states.ts';
import { loadPointsSince } from './sql/load-points-since.ts';

const NAME = 'detection';
/** Restaurants that have closed. */
const CLOSED = 'closed';

/** States in one statement: some 10 kB each. */
const MOST_STATES = 200;

/** Has a new monitor remember: of each series the state as it was stored last, and the points that came after that. */
export async function restoreMonitor(
  connection: Connection,
  monitor: SeriesMonitor,
  range: { since: Micros; observedTo: Micros },
): Promise<void> {
  const states = await loadDetectorStates(connection);
  const points = await loadPointsSince(connection, range.since);
  const remembered = await readLearntState(connection, NAME);
  monitor.restore(states, points, range, (remembered.get(CLOSED) as string[] | undefined) ?? []);
}

/** @param all also what could wait, because steps are left out after these */
export async function persistMonitor(
  connection: Connection,
  monitor: SeriesMonitor,
  { from, to, all }: { from: Micros; to: Micros; all: boolean },
): Promise<void> {
  await deleteDetectorStates(connection, monitor.takeForgotten());
  const states = monitor.takeStates(from, to, all);
  for (let at = 0; at < states.length; at += MOST_STATES)
    await upsertDetectorStates(connection, states.slice(at, at + MOST_STATES));
  const closed = monitor.takeClosed();
  if (closed === null) return;
  const remembered: [string, string][] = [[CLOSED, JSON.stringify(closed)]];
  await upsertLearntStates(connection, { name: NAME, states: remembered, at: to });
}

/** What was learnt of steps of another length is of no use. */
export async function forgetAll(connection: Connection): Promise<void> {
  await deleteDetectorStates(connection, null);
}
