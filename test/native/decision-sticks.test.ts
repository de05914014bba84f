import type pg from 'pg';
import { beforeAll, expect } from 'vitest';
import type { Database } from '../../platform/database/database.ts';
import { codeOf } from '../../platform/errors/classify.ts';
import { freshDatabase, skipUnlessNative } from '../support/database.ts';
import { expectBalancedDeltas } from '../support/delta-balance.ts';
import { decide, type Outcome } from '../support/operator-decision.ts';
import { created, MIDNIGHT, recordOf, said } from '../support/oracle/example.ts';
import { oracle } from '../support/oracle/oracle.ts';
import { CONTRACT_THRESHOLDS, type HoldRow, type KafkaRecord } from '../support/oracle/types.ts';
import { ordersHandlerOf, processorDatabase } from '../support/orders-processor.ts';
import { halted, Stop, stoppingBefore } from '../support/stepped-database.ts';
import { Instances } from '../support/traffic/deliver.ts';
import { MINUTE, NOW, SECOND } from '../support/traffic/times.ts';

const DECIDED_AT = '2026-03-02T00:30:00.000Z';
const handler = ordersHandlerOf();

let processor: Database;
let watcher: Database;
let operators: pg.Pool;
let cases = 0;

beforeAll(async () => {
  const database = await freshDatabase();
  if (!database.native) return;
  const options = '-c deadlock_timeout=50ms';
  processor = processorDatabase(`${database.url}?options=${encodeURIComponent(options)}`, 'processor');
  watcher = processorDatabase(database.url, 'watcher');
  operators = database.pool({ application_name: 'holdfast-operator', options });
});

interface Scenario {
  /** Statements of the late batch before which the operator decides. */
  statements: readonly string[];
  reason: HoldRow['reason_code'];
  early(name: string): Record<string, unknown>[];
  late(name: string): Record<string, unknown>[];
}

/** Six orders in six seconds hold all six; one that comes late was before them and moves the burst across a minute. */
const burst: Scenario = {
  statements: [
    'claim_position',
    'insert_arrivals',
    'lock_judgement',
    'burst_holds',
    'upsert_holds',
    'insert_alerts',
    'redate_alerts',
    'insert_outbox',
    'COMMIT',
  ],
  reason: 'FUL-FRAUD-USER',
  early: (name) => [1, 2, 3, 4, 5, 6].map((i) => order(name, i)),
  late: (name) => [order(name, 0)],
};

function order(name: string, i: number): Record<string, unknown> {
  return created(`${name}-${i}`, (54 + i) * SECOND, { user_id: name, product_id: name });
}

/** An inbound HOLD, and later the HOLD_CLEARED of the system that held. */
const external: Scenario = {
  statements: [
    'claim_position',
    'lock_judgement',
    'upsert_external_holds',
    'redate_alerts',
    'resolve_alerts_of_closed_holds',
    'COMMIT',
  ],
  reason: 'EXTERNAL',
  early: (name) => [said('HOLD', MINUTE, { order_id: `${name}-1`, reason_code: 'RECALL' })],
  late: (name) => [
    said('HOLD', 30 * SECOND, { order_id: `${name}-1`, reason_code: 'RECALL' }),
    said('HOLD_CLEARED', 2 * MINUTE, { order_id: `${name}-1` }),
  ],
};

/** Delivers; again, when the batch was the victim of a deadlock. */
async function deliver(database: Database, records: KafkaRecord[]): Promise<void> {
  try {
    const partition = records[0]!.partition;
    await new Instances(database, handler, NOW, true).deliver({ instance: 0, partition, records });
  } catch (error) {
    if (codeOf(error) !== '40P01') throw error;
    await deliver(database, records);
  }
}

interface StoredHold {
  hold_id: number;
  alert_id: number;
  opened_at: number;
  closed_at: number | null;
  status: string;
  ops_operator: string | null;
  alert_status: string;
  alert_opened_at: number;
  alert_operator: string | null;
  version: number;
}

async function holdOf(orderId: string, reason: string): Promise<StoredHold> {
  const { rows } = await watcher.query<StoredHold>(
    `SELECT h.hold_id, a.alert_id, h.opened_at, h.closed_at, h.status, h.ops_operator, a.status AS alert_status,
            a.opened_at AS alert_opened_at, a.ops_operator AS alert_operator, a.version
     FROM holds h JOIN alerts a USING (hold_id) WHERE h.order_id = $1 AND h.reason_code = $2`,
    [orderId, reason],
  );
  expect(rows).toHaveLength(1);
  return rows[0]!;
}

type Style = 'at once' | 'half way' | 'undone';

/** The operator decides when the late batch is about to run `statement`. @returns what became of the decision */
async function race(
  scenario: Scenario,
  records: { early: KafkaRecord[]; late: KafkaRecord[] },
  orderId: string,
  how: { statement: string; style: Style; first: 'hold' | 'alert' },
): Promise<Outcome> {
  await deliver(watcher, records.early);
  const { hold_id: holdId, alert_id: alertId } = await holdOf(orderId, scenario.reason);
  const stop = new Stop();
  const batch = deliver(stoppingBefore(processor, how.statement, stop), records.late);
  expect(await halted(batch, stop, watcher, 'processor'), how.statement).toBe('stopped');
  const letBatchOn = async () => {
    stop.letOn();
    await halted(batch, null, watcher, 'processor');
  };
  const decision = decide(
    operators,
    { holdId, alertId, at: DECIDED_AT, first: how.first },
    how.style === 'at once' ? undefined : letBatchOn,
    how.style === 'undone',
  );
  await halted(decision, null, watcher, 'operator');
  await letBatchOn();
  const [outcome] = await Promise.all([decision, batch]);
  return outcome;
}

async function check(scenario: Scenario, how: { statement: string; style: Style; first: 'hold' | 'alert' }) {
  cases += 1;
  const name = `${scenario.reason}-${cases}`;
  const messages = [...scenario.early(name), ...scenario.late(name)];
  const all = messages.map((message, offset) => ({ ...recordOf(message, offset), partition: cases }));
  const count = scenario.early(name).length;
  const outcome = await race(
    scenario,
    { early: all.slice(0, count), late: all.slice(count) },
    `${name}-1`,
    how,
  );
  const said = oracle({ records: all, catalogue: new Map(), thresholds: CONTRACT_THRESHOLDS, now: NOW });
  const rule = said.holds.find(({ order_id }) => order_id === `${name}-1`)!;

  await expectOutcome(scenario, `${name}-1`, outcome, rule);
  await expectBalancedDeltas(watcher);
  // Nor does a replay of everything change it.
  await watcher.query('UPDATE consumer_offsets SET next_offset = 0 WHERE partition = $1', [cases]);
  await deliver(watcher, all);
  await expectOutcome(scenario, `${name}-1`, outcome, rule);
  await expectBalancedDeltas(watcher);
  const { rows } = await watcher.query<{ holds: number; episodes: number }>(
    'SELECT count(*) AS holds, max(episode) AS episodes FROM holds WHERE starts_with(order_id, $1)',
    [`${name}-`],
  );
  expect(rows[0]).toEqual({ holds: said.holds.length, episodes: 1 });
}

async function expectOutcome(scenario: Scenario, orderId: string, outcome: Outcome, rule: HoldRow) {
  const hold = await holdOf(orderId, scenario.reason);
  if (outcome === 'decided') {
    expect(hold).toMatchObject({
      status: 'CLEARED',
      ops_operator: 'kim',
      closed_at: Date.parse(DECIDED_AT) * 1000,
    });
    expect(hold).toMatchObject({ alert_status: 'RESOLVED', alert_operator: 'kim', version: 1 });
  } else {
    expect(hold).toMatchObject({ status: rule.status, ops_operator: null, closed_at: rule.closed_at });
    const alertStatus = rule.status === 'OPEN' ? 'OPEN' : 'RESOLVED';
    expect(hold).toMatchObject({ alert_status: alertStatus, alert_operator: null });
  }
  // An outside system's hold stays as the operator left it; a rule's may still be found to have begun earlier.
  if (outcome === 'decided' && scenario.reason === 'EXTERNAL')
    expect([rule.opened_at, MIDNIGHT + MINUTE]).toContain(hold.opened_at);
  else expect(hold.opened_at).toBe(rule.opened_at);
  expect(hold.alert_opened_at).toBe(hold.opened_at);
}

for (const [title, scenario] of [
  ['an operator’s release of a hold outlives late arrivals of its burst', burst],
  ['an operator’s release of an outside system’s hold outlives what that system says later', external],
] as const) {
  for (const style of ['at once', 'half way', 'undone'] as const) {
    skipUnlessNative(
      `${title}, at every step of the batch (${style === 'undone' ? 'a release that is rolled back leaves nothing' : `decided ${style}`})`,
      async () => {
        for (const statement of scenario.statements) {
          for (const first of ['hold', 'alert'] as const) await check(scenario, { statement, style, first });
        }
      },
      300_000,
    );
  }
}

skipUnlessNative('an outside system closes its hold though an operator has acknowledged it', async () => {
  cases += 1;
  const name = `${external.reason}-${cases}`;
  const messages = [...external.early(name), ...external.late(name)];
  const records = messages.map((message, offset) => ({ ...recordOf(message, offset), partition: cases }));
  await deliver(processor, records.slice(0, 1));
  const { hold_id, alert_id } = await holdOf(`${name}-1`, external.reason);
  await operators.query(
    `UPDATE holds SET ops_status = 'ACK', ops_operator = 'kim', ops_updated_at = now() WHERE hold_id = $1`,
    [hold_id],
  );
  await operators.query(
    `UPDATE alerts SET status = 'ACK', previous_status = 'OPEN', status_since = $2, version = 1, ops_operator = 'kim'
     WHERE alert_id = $1`,
    [alert_id, '2026-03-02T00:01:30Z'],
  );
  await deliver(processor, records.slice(1));
  expect(await holdOf(`${name}-1`, external.reason)).toMatchObject({
    status: 'CLEARED',
    closed_at: MIDNIGHT + 2 * MINUTE,
    alert_status: 'RESOLVED',
    version: 2,
  });
});
