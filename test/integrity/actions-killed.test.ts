import { type ChildProcess, spawn } from 'node:child_process';
import { once } from 'node:events';
import { expect, onTestFinished, test } from 'vitest';
import { decideAction } from '../../alertbot/sql/decide-action.ts';
import { systemClock } from '../../platform/clock/clock.ts';
import type { Database } from '../../platform/database/database.ts';
import { projectRoot } from '../../stack/install/paths.mjs';
import { freshDatabase } from '../support/database.ts';
import { eventually } from '../support/eventually.ts';
import { processorDatabase } from '../support/orders-processor.ts';
import { SCRIPT_STEPS, scriptedActionIds } from '../support/response/incident-script.ts';
import { status, webhookReceiver } from '../support/webhook-receiver.ts';

const TIMEOUT_MS = 300_000;
/** Killed when it has come so far: in the middle of deciding, sending, and taking back. */
const KILLED_AT = [9, 27];
/** The receiver is away for so many requests. */
const AWAY_FOR = 40;

function start(databaseUrl: string, receiver: string): ChildProcess {
  const program = 'test/support/programs/respond-and-send.ts';
  const child = spawn(process.execPath, ['--import', 'tsx', program, databaseUrl, receiver], {
    cwd: projectRoot,
    stdio: ['ignore', 'inherit', 'inherit', 'ipc'],
  });
  onTestFinished(() => void child.kill('SIGKILL'));
  return child;
}

/** Runs it until it has come to a step, and then kills it; where it ends, lets it run. */
async function runTo(step: number, child: ChildProcess): Promise<void> {
  await new Promise<void>((resolve, reject) => {
    child.on('message', (at) => Number(at) >= step && resolve());
    child.once('exit', (code) => reject(new Error(`the program ended with ${code}`)));
  });
  if (step >= SCRIPT_STEPS) return;
  child.removeAllListeners('exit');
  const gone = once(child, 'exit');
  child.kill('SIGKILL');
  await gone;
}

interface Row {
  action_id: string;
  action: string;
  status: string;
  undoes: string | null;
  uncertain: boolean;
}

async function actions(database: Database): Promise<Row[]> {
  const { rows } = await database.query<Row & Record<string, unknown>>(
    `SELECT action_id, action, status, undoes, coalesce((result->>'uncertain')::boolean, false) AS uncertain
     FROM actions ORDER BY action_id`,
  );
  return rows;
}

/** Approves all that is asked for, each twice. */
async function approve(database: Database): Promise<void> {
  for (const { action_id: actionId, status: now } of await actions(database)) {
    if (now !== 'PROPOSED') continue;
    const request = { actionId, decision: 'APPROVE', actor: 'kim', actorId: null, source: 'api' } as const;
    await decideAction(database, request, systemClock.now());
    await decideAction(database, request, systemClock.now());
  }
}

test('kill -9 while deciding, sending and taking back, findings twice, the receiver away: every action once, none forgotten', {
  timeout: TIMEOUT_MS,
}, async () => {
  const { url } = await freshDatabase();
  const database = processorDatabase(url);
  const executed = new Map<string, string>();
  const receiver = await webhookReceiver((response, count, { headers, body }) => {
    if (count < AWAY_FOR) return status(503)(response, count, { headers, body });
    executed.set(String(headers['webhook-id']), JSON.parse(body).data.action_id);
    // Long enough for a kill to come between what the receiver did and what the sender noted of it.
    setTimeout(() => status(204)(response, count, { headers, body }), count % 3 === 0 ? 40 : 0);
  });
  for (const step of [...KILLED_AT, SCRIPT_STEPS]) {
    await runTo(step, start(url, receiver.url));
    await approve(database);
  }
  const rows = await eventually(
    'everything to be settled',
    async () => {
      await approve(database);
      const all = await actions(database);
      return all.every((row) => !['PROPOSED', 'APPROVED', 'SENT'].includes(row.status)) && all;
    },
    { timeoutMs: 60_000 },
  );
  const decided = rows.filter(({ undoes }) => undoes === null);
  expect(decided.map(({ action_id }) => action_id)).toEqual(scriptedActionIds());
  // What was withdrawn when it may have been done is taken back as well.
  const done = rows.filter((row) => row.status === 'DONE' || (row.status === 'UNDONE' && !row.uncertain));
  // One webhook-id an action, and each that is done was executed: however often it was sent.
  const ids = [...executed.values()];
  expect(new Set(ids).size).toBe(ids.length);
  expect(done.map(({ action_id }) => action_id).filter((id) => !ids.includes(id))).toEqual([]);
  expect(receiver.received.length).toBeGreaterThan(AWAY_FOR + ids.length - 1);
  const kept = rows.filter(({ action, status: now }) => action === 'PROMISE_ADJUST' && now === 'DONE');
  expect(kept).toEqual([]);
  const unexplained = decided.filter(
    ({ status: now }) => !['DONE', 'UNDONE', 'EXPIRED', 'FAILED'].includes(now),
  );
  expect(unexplained).toEqual([]);
  const once = decided.filter(({ action }) => action === 'RIDER_INCENTIVE' || action === 'TELL_OPERATIONS');
  expect(once.filter(({ status: now }) => now !== 'DONE')).toEqual([]);
});
