import { Registry } from 'prom-client';
import { systemClock } from '../../../platform/clock/clock.ts';
import { openDatabase } from '../../../platform/database/database.ts';
import { inTransaction } from '../../../platform/database/transaction.ts';
import { sleep } from '../../../platform/errors/backoff.ts';
import { createLogger } from '../../../platform/logger/logger.ts';
import { ActionSender } from '../../../processor/response/action-sender.ts';
import { Responder } from '../../../processor/response/responder.ts';
import { createWebhookMetrics } from '../../../processor/webhooks/webhook-metrics.ts';
import { WebhookSender } from '../../../processor/webhooks/webhook-sender.ts';
import { SCRIPT_POLICY, SCRIPT_STEPS, scriptedIncidents } from '../response/incident-script.ts';
import { NOON, STEP } from '../response/made-up-incidents.ts';

// A program for the tests of actions: follows the script from where it was, and sends, until it is killed. Its arguments
// are the address of the database and that of the receiver.
const [databaseUrl = '', receiver = ''] = process.argv.slice(2);
const logger = createLogger({ program: 'test', level: 'warn' });
const database = openDatabase({ url: databaseUrl, poolSize: 4, program: 'test', logger });
const never = new AbortController().signal;

process.on('disconnect', () => process.exit(0));

const urls = new Map([
  ['platform', receiver],
  ['operations', receiver],
]);
new WebhookSender(
  {
    database,
    logger: createLogger({ program: 'test', level: 'silent' }),
    clock: systemClock,
    metrics: createWebhookMetrics(new Registry()),
    webhooks: { targets: [], receivers: [], urls, secrets: [Buffer.alloc(32, 7)], dryRun: false },
  },
  { idleMs: 20, leaseMs: 500, backoff: { firstMs: 20, longestMs: 100 }, mostAttempts: 10_000 },
).start();
new ActionSender({ database, logger }, 50).start();

const responder = new Responder(SCRIPT_POLICY, ['platform', 'operations']);
await inTransaction(database, (db) => responder.restore(db));
const { rows } = await database.query<{ now: number | null }>(
  `SELECT nullif(sequenced_to, '-infinity') AS now FROM sequence_state`,
);
for (let step = ((rows[0]?.now ?? NOON) - NOON) / STEP; step < SCRIPT_STEPS; step += 1) {
  const [from, now] = [NOON + step * STEP, NOON + (step + 1) * STEP];
  await inTransaction(database, async (db) => {
    await responder.prepare(db);
    const incidents = scriptedIncidents(step);
    responder.observe({ from, now, incidents: [...incidents, ...incidents], deviations: () => undefined });
    await responder.persist(db);
    await db.query('UPDATE sequence_state SET sequenced_to = to_timestamp($1)', [now / 1e6]);
  });
  process.send?.(step + 1);
  await sleep(30, never);
}
