import { mkdtempSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import type { Pool } from 'pg';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { openDatabase } from '../../platform/database/database.ts';
import { createLogger } from '../../platform/logger/logger.ts';
import { parseCommand } from '../../simulator/platform/command-line/command.ts';
import { runPlatform } from '../../simulator/platform/run-platform.ts';
import { platformSettings } from '../../stack/scenarios/platform-settings.ts';
import { freePorts } from '../../stack/start/ports.ts';
import { freshDatabase } from '../support/database.ts';
import { eventually } from '../support/eventually.ts';
import { freshTopicPrefix, kafkaBrokers } from '../support/kafka.ts';
import { runProcessor } from '../support/running-processor.ts';

/** 11:00 in Seoul, after some days of history; what goes wrong is far enough apart to be told apart. */
const START = '2026-03-02T11:00:00+09:00';
const DAYS = 4;
const SIZE = ['--districts', '3', '--restaurants', '4', '--orders-per-day', '3000'];

interface ToldIncident {
  incident_id: string;
  cause: string | null;
  scope: Record<string, string>;
  closed_at: Date | null;
  alert: string | null;
  actions: { action: string; status: string; target: string; returned: boolean | null }[];
}

let pool: Pool;
/** When each kind of incident really ended: those that operations mended, before it would have. */
let endOf: Map<string, Date>;
const undo: (() => Promise<void> | void)[] = [];

/**
 * A delivery platform, Kafka, the processor and the platform's HTTP interface: some days of history, then an afternoon on
 * which seven things go wrong, answered in step.
 */
beforeAll(async () => {
  const brokers = kafkaBrokers();
  const prefix = freshTopicPrefix();
  const fresh = await freshDatabase();
  pool = fresh.pool();
  const [port] = (await freePorts(1)) as [number];
  const folder = mkdtempSync(join(tmpdir(), 'holdfast-scenarios-'));
  undo.push(() => rmSync(folder, { recursive: true, force: true }));
  const ports = { platform: port };
  const env = platformSettings({ ports } as Parameters<typeof platformSettings>[0]);
  const processor = await runProcessor({
    databaseUrl: fresh.url,
    brokers,
    prefix,
    env: { ...env, HOLDFAST_DATA_DIR: folder },
    cleanUp: (release) => undo.push(release),
  });
  const logger = createLogger({ program: 'test', level: 'silent' });
  const database = openDatabase({ url: fresh.url, poolSize: 1, program: 'test', logger });
  undo.push(() => database.end());
  const command = parseCommand([
    ...SIZE,
    ...['--start', START, '--days', String(DAYS), '--duration', '630m', '--speed', 'max', '--in-step'],
    ...['--port', String(port), '--quiet', '--seed', 'scenarios'],
    ...['--incident', 'kind=RESTAURANT_OUTAGE,region=Gangnam-gu,at=+30m,for=80m,strength=1'],
    ...['--incident', 'kind=TRAFFIC,region=Seocho-gu,at=+150m,for=90m,strength=3'],
    ...['--incident', 'kind=PAYMENT_ERROR,method=card,at=+255m,for=40m,strength=0.8'],
    ...['--incident', 'kind=PREPARATION_DELAY,restaurant=R-0002,at=+5h,for=2h,strength=3'],
    ...['--incident', 'kind=RIDERS_SHORT,region=Songpa-gu,at=+6h,for=90m,strength=0.9'],
    ...['--incident', 'kind=ROUTING,region=Songpa-gu,at=+530m,for=75m,strength=2.5'],
    ...['--incident', 'kind=REFUSALS,reason=INGREDIENTS_OUT,restaurant=R-0006,at=+8h,for=2h,strength=0.9'],
  ]);
  const summary = await runPlatform(command, {
    config: processor.config,
    database,
    logger,
    terminal: { isTTY: false, write: () => undefined },
    realNow: () => performance.now(),
    wallNow: () => Date.now() * 1000,
    signal: new AbortController().signal,
  });
  await eventually('everything to be sent', async () => (await pending()) === 0);
  const lines = readFileSync(summary.truth, 'utf8').trim().split('\n');
  const incidents = lines.map((line) => JSON.parse(line) as { kind: string; to: string });
  endOf = new Map(incidents.map(({ kind, to }) => [kind, new Date(to)]));
}, 900_000);

afterAll(async () => {
  for (const step of undo.reverse()) await step();
});

async function pending(): Promise<number> {
  const { rows } = await pool.query<{ n: number }>(
    `SELECT count(*)::int AS n FROM webhook_outbox WHERE state = 'pending'`,
  );
  return rows[0]?.n ?? 0;
}

/** So many minutes after the history. */
function minute(minutes: number): Date {
  return new Date(Date.parse(START) + DAYS * 86_400_000 + minutes * 60_000);
}

/** The incidents that began about then, with what was done about them: a sign of life may have been lost before. */
async function incidentsFrom(minutes: number, within = 90): Promise<ToldIncident[]> {
  const { rows } = await pool.query<ToldIncident>(
    `SELECT i.incident_id, i.cause, i.scope, i.closed_at, a.kind AS alert,
            coalesce((SELECT jsonb_agg(jsonb_build_object('action', c.action, 'status', c.status, 'target', c.target,
                             'returned', c.effect->>'returned_at' IS NOT NULL) ORDER BY c.at, c.action)
                      FROM actions c WHERE c.incident_id = i.incident_id), '[]') AS actions
     FROM incidents i LEFT JOIN alerts a ON a.dedup_key = i.alert_key
     WHERE i.opened_at BETWEEN $1::timestamptz + $2 * interval '1 minute' - interval '15 minutes'
                           AND $1::timestamptz + ($2 + $3) * interval '1 minute'
     ORDER BY i.opened_at`,
    [minute(0), minutes, within],
  );
  return rows;
}

const namesOf = (incident: ToldIncident | undefined) => incident?.actions.map(({ action }) => action);

async function theOne(minutes: number, cause: string): Promise<ToldIncident> {
  const all = await incidentsFrom(minutes);
  const found = all.find((one) => one.cause === cause);
  if (found === undefined) throw new Error(`no incident of cause ${cause}: ${JSON.stringify(all)}`);
  return found;
}

describe('what goes wrong on a delivery platform is noticed, explained and acted on', () => {
  it("restaurants' systems are down: they are taken off, operations are told, and they are put back on", async () => {
    const outage = await theOne(30, 'RESTAURANT_OUTAGE');
    expect(outage.alert).toBe('ANOMALY');
    expect(outage.closed_at).not.toBeNull();
    expect(namesOf(outage)).toEqual(expect.arrayContaining(['RESTAURANT_DEACTIVATE', 'TELL_OPERATIONS']));
    const off = outage.actions.filter(({ action }) => action === 'RESTAURANT_DEACTIVATE');
    expect(off.map(({ status }) => status)).toEqual(off.map(() => 'UNDONE'));
    const on = outage.actions.filter(({ action }) => action === 'RESTAURANT_REACTIVATE');
    expect(on.map(({ target }) => target).toSorted()).toEqual(off.map(({ target }) => target).toSorted());
  });

  it('roads are full: other routes, a later promise, and customers are told', async () => {
    const traffic = await theOne(150, 'TRAFFIC');
    expect(traffic.scope).toMatchObject({ region: 'Seocho-gu' });
    expect(namesOf(traffic)).toEqual(
      expect.arrayContaining(['REROUTE', 'PROMISE_ADJUST', 'CUSTOMER_NOTIFY']),
    );
    expect(traffic.actions).toContainEqual(
      expect.objectContaining({ action: 'PROMISE_ADJUST', status: 'UNDONE', target: 'region=Seocho-gu' }),
    );
  });

  it('a kitchen is slow: the restaurant is warned, customers are told and get a coupon', async () => {
    const slow = await theOne(300, 'PREPARATION');
    expect(slow.scope).toMatchObject({ restaurant: 'R-0002' });
    expect(namesOf(slow)).toEqual(
      expect.arrayContaining(['RESTAURANT_WARN', 'PROMISE_ADJUST', 'CUSTOMER_NOTIFY', 'CUSTOMER_COUPON']),
    );
    expect(slow.actions).toContainEqual(
      expect.objectContaining({ action: 'PROMISE_ADJUST', status: 'UNDONE', target: 'restaurant=R-0002' }),
    );
  });

  it('riders are short: the neighbours are offered an incentive, and what it did is followed', async () => {
    const short = await theOne(360, 'RIDERS_SHORT');
    expect(short.scope).toMatchObject({ region: 'Songpa-gu' });
    expect(short.actions).toContainEqual(
      expect.objectContaining({ action: 'RIDER_INCENTIVE', status: 'DONE', target: 'region=Songpa-gu' }),
    );
  });

  it('a payment method fails: operations are told, and asked whether customers are to hear of it', async () => {
    const payments = await theOne(255, 'PAYMENT_METHOD');
    expect(payments.scope).toMatchObject({ method: 'card' });
    expect(payments.closed_at).not.toBeNull();
    expect(payments.actions).toContainEqual(
      expect.objectContaining({ action: 'TELL_OPERATIONS', status: 'DONE', target: 'method=card' }),
    );
    // Nobody has approved it.
    const asked = payments.actions.find(({ action }) => action === 'CUSTOMER_NOTIFY');
    expect(asked).toMatchObject({ target: 'method=card', status: 'EXPIRED' });
    // That they were told ended it: operations mend it in half the time that was left, and no sooner than in a quarter of an hour.
    expect(endOf.get('PAYMENT_ERROR')! < minute(295)).toBe(true);
  });

  it('routes are too long: they are computed anew, customers are told and get a coupon, operations mend it', async () => {
    const routing = await theOne(530, 'ROUTING');
    expect(routing.scope).toMatchObject({ region: 'Songpa-gu' });
    for (const action of ['REROUTE', 'CUSTOMER_NOTIFY', 'CUSTOMER_COUPON', 'TELL_OPERATIONS'])
      expect(routing.actions).toContainEqual(
        expect.objectContaining({ action, status: 'DONE', target: 'region=Songpa-gu' }),
      );
    expect(routing.actions).toContainEqual(expect.objectContaining({ action: 'REROUTE', returned: true }));
    expect(endOf.get('ROUTING')! < minute(605)).toBe(true);
  });

  it('a restaurant refuses orders for want of ingredients: it is shown less, and warned', async () => {
    const refusals = await theOne(480, 'REFUSALS_INGREDIENTS');
    expect(refusals.scope).toMatchObject({ region: 'Seocho-gu' });
    for (const action of ['EXPOSURE_LOWER', 'RESTAURANT_WARN', 'TELL_OPERATIONS'])
      expect(refusals.actions).toContainEqual(
        expect.objectContaining({ action, target: 'restaurant=R-0006' }),
      );
    expect(refusals.actions).toContainEqual(
      expect.objectContaining({ action: 'EXPOSURE_LOWER', status: 'UNDONE' }),
    );
  });

  it('nothing is sent twice, and nothing is left', async () => {
    const { rows } = await pool.query(
      `SELECT count(*) FILTER (WHERE state = 'pending')::int AS pending, count(*)::int AS webhooks,
              count(DISTINCT payload->>'action_id')::int AS actions FROM webhook_outbox`,
    );
    expect(rows[0]).toMatchObject({ pending: 0, actions: rows[0].webhooks });
  });
});
