import { spawn } from 'node:child_process';
import { createHmac, randomBytes } from 'node:crypto';
import { mkdtemp, readFile, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { Registry } from 'prom-client';
import { beforeAll, beforeEach, describe, expect, it, onTestFinished } from 'vitest';
import { delayNotices } from '../../domain/delivery/notices.ts';
import { DAY, HOUR } from '../../domain/time/micros.ts';
import { type Clock, systemClock } from '../../platform/clock/clock.ts';
import type { WebhookConfig } from '../../platform/config/webhooks.ts';
import type { Database } from '../../platform/database/database.ts';
import { inTransaction } from '../../platform/database/transaction.ts';
import { insertWebhooks, type NewWebhook } from '../../processor/webhooks/sql/insert-webhooks.ts';
import { createWebhookMetrics } from '../../processor/webhooks/webhook-metrics.ts';
import { type SenderOptions, WebhookSender } from '../../processor/webhooks/webhook-sender.ts';
import { projectRoot } from '../../stack/install/paths.mjs';
import { freePorts } from '../../stack/start/ports.ts';
import { freshDatabase } from '../support/database.ts';
import { emptyTables } from '../support/empty-tables.ts';
import { eventually } from '../support/eventually.ts';
import { processorDatabase, silentLogger } from '../support/orders-processor.ts';
import { status, webhookReceiver } from '../support/webhook-receiver.ts';

const SECRET = randomBytes(32);
const NOW = Date.UTC(2026, 2, 1) * 1000;

let database: Database;

beforeAll(async () => {
  database = processorDatabase((await freshDatabase()).url);
});
beforeEach(() => emptyTables(database));

function webhook(key: string, more: Partial<NewWebhook> = {}): NewWebhook {
  return {
    kind: 'test.happened',
    target: 'seller',
    payload: { order_id: key },
    idempotencyKey: key,
    ...more,
  };
}

/** Waits of a few milliseconds, so that tests of waiting do not wait. */
const HASTY: Partial<SenderOptions> = { backoff: { firstMs: 2, longestMs: 4 }, idleMs: 5 };

function sender(
  urls: Record<string, string>,
  options: Partial<SenderOptions> = {},
  config: Partial<WebhookConfig> = {},
  clock: Clock = systemClock,
): WebhookSender {
  const one = new WebhookSender(
    {
      database,
      logger: silentLogger,
      clock,
      metrics: createWebhookMetrics(new Registry()),
      webhooks: {
        targets: [],
        receivers: [],
        urls: new Map(Object.entries(urls)),
        secrets: [SECRET],
        dryRun: false,
        ...config,
      },
    },
    { ...HASTY, ...options },
  );
  onTestFinished(() => one.stop());
  return one;
}

interface Row {
  state: string;
  attempts: number;
  last_status: number | null;
  last_error: string | null;
  leased: boolean;
  due_in_seconds: number;
}

async function rows(): Promise<Row[]> {
  const { rows: found } = await database.query<Row>(
    `SELECT state, attempts, last_status, last_error, leased_until IS NOT NULL AS leased,
            extract(epoch FROM due_at - now())::float8 AS due_in_seconds
     FROM webhook_outbox ORDER BY webhook_id`,
  );
  return found;
}

async function settled(): Promise<Row[]> {
  return eventually('all webhooks to be settled', async () => {
    const found = await rows();
    return found.every(({ state }) => state !== 'pending') && found;
  });
}

describe('insertWebhooks', () => {
  it('keeps a key once', async () => {
    expect(await insertWebhooks(database, [webhook('a'), webhook('b'), webhook('a')])).toBe(2);
    expect(await insertWebhooks(database, [webhook('b', { payload: { changed: true } })])).toBe(0);
    expect(await rows()).toHaveLength(2);
  });

  it('belongs to the transaction that decided', async () => {
    const failed = inTransaction(database, async (connection) => {
      await insertWebhooks(connection, [webhook('a')]);
      throw new Error('changed its mind');
    });
    await expect(failed).rejects.toThrow('changed its mind');
    expect(await rows()).toEqual([]);
  });
});

describe('the sender', () => {
  it('sends a predicted delay to customer and seller, signed', async () => {
    const customer = await webhookReceiver(status(204));
    const seller = await webhookReceiver(status(200));
    const place = { zip: null, city: null, state: null, latitude: null, longitude: null };
    const notices = delayNotices(
      {
        order: {
          orderId: 'A-1',
          sellerId: 'S-1',
          lines: [],
          amount: null,
          region: null,
          from: place,
          to: place,
          promisedAt: NOW + DAY,
          createdAt: NOW,
          approvedAt: NOW,
          handedOverAt: NOW,
          deliveredAt: null,
          canceledAt: null,
        },
        grade: 'A',
        limitAt: null,
        reasons: [],
        moment: 'HAND_OVER',
        assessedAt: NOW,
        expectedAt: NOW + 2 * DAY,
        earliestAt: NOW + HOUR,
        latestAt: NOW + 3 * DAY,
        probability: 0.8,
      },
      { probability: 0.5, targets: ['customer', 'seller'] },
    );
    await insertWebhooks(database, notices);
    sender({ customer: customer.url, seller: seller.url }).start();
    expect((await settled()).map(({ state, last_status }) => [state, last_status])).toEqual([
      ['sent', 204],
      ['sent', 200],
    ]);
    const [told] = customer.received;
    expect(JSON.parse(told!.body)).toMatchObject({
      type: 'order.delay_predicted',
      timestamp: expect.stringMatching(/Z$/),
      data: { order_id: 'A-1', expected_at: '2026-03-03T00:00:00.000000Z' },
    });
    expect(JSON.parse(seller.received[0]!.body).data).toMatchObject({ seller_id: 'S-1', probability: 0.8 });
    const { 'webhook-id': id, 'webhook-timestamp': seconds, 'webhook-signature': signature } = told!.headers;
    const expected = createHmac('sha256', SECRET).update(`${id}.${seconds}.${told!.body}`).digest('base64');
    expect(signature).toBe(`v1,${expected}`);
    expect(id).not.toBe(seller.received[0]!.headers['webhook-id']);
    expect(Math.abs(Number(seconds) - Date.now() / 1000)).toBeLessThan(600);
  });

  it('tries again what may pass, with the same id', async () => {
    const answers = [500, 503, 408, 200];
    const receiver = await webhookReceiver((response, count) => {
      response.writeHead(answers[count] ?? 500).end();
    });
    await insertWebhooks(database, [webhook('a')]);
    sender({ seller: receiver.url }).start();
    expect(await settled()).toMatchObject([
      { state: 'sent', attempts: 4, last_status: 200, last_error: null },
    ]);
    expect(new Set(receiver.received.map(({ headers }) => headers['webhook-id'])).size).toBe(1);
    expect(new Set(receiver.received.map(({ body }) => body)).size).toBe(1);
  });

  it('tries again when nobody answers in time', async () => {
    const receiver = await webhookReceiver((response, count) => {
      if (count > 0) response.writeHead(200).end();
    });
    await insertWebhooks(database, [webhook('a')]);
    sender({ seller: receiver.url }, { timeoutMs: 150 }).start();
    expect(await settled()).toMatchObject([{ state: 'sent', attempts: 2 }]);
  });

  it('waits as long as it is asked to', async () => {
    const receiver = await webhookReceiver(status(429, { 'retry-after': '3600' }));
    await insertWebhooks(database, [webhook('a'), webhook('b')]);
    const one = sender({ seller: receiver.url }, { most: 1 });
    expect(await one.sendSome()).toBe(1);
    const [first] = await rows();
    expect(first).toMatchObject({ state: 'pending', leased: false, last_status: 429 });
    expect(first!.due_in_seconds).toBeGreaterThan(3000);
    // The other one goes to the same receiver, which has asked to be left alone.
    expect(await one.sendSome()).toBe(0);
    expect(receiver.received).toHaveLength(1);
  });

  it('gives up at once what is refused, and raises one alert', async () => {
    const receiver = await webhookReceiver(status(422));
    await insertWebhooks(database, [webhook('a')]);
    sender({ seller: receiver.url }).start();
    expect(await settled()).toMatchObject([{ state: 'dead', attempts: 1, last_status: 422 }]);
    const { rows: alerts } = await database.query(
      'SELECT kind, severity, subject, dedup_key, evidence FROM alerts',
    );
    expect(alerts).toMatchObject([{ kind: 'PIPELINE', severity: 'warning', evidence: { target: 'seller' } }]);
    expect(JSON.stringify(alerts)).not.toContain(receiver.url);
    await database.query(`UPDATE webhook_outbox SET state = 'pending', attempts = 0, settled_at = NULL`);
    await settled();
    const { rows: again } = await database.query('SELECT dedup_key FROM alerts');
    expect(again).toHaveLength(2);
  });

  it.each([401, 403, 404, 410])('leaves a target that answers %i alone for a while', async (answer) => {
    const receiver = await webhookReceiver(status(answer));
    await insertWebhooks(database, [webhook('a'), webhook('b')]);
    const slow = { firstMs: 3_600_000, longestMs: 3_600_000 };
    const one = sender({ seller: receiver.url }, { most: 1, backoff: slow });
    expect([await one.sendSome(), await one.sendSome()]).toEqual([1, 0]);
    expect((await rows()).map(({ state }) => state)).toEqual(['pending', 'pending']);
    expect((await database.query('SELECT FROM alerts')).rows).toEqual([]);
  });

  it('gives up after the last attempt', async () => {
    const receiver = await webhookReceiver(status(500));
    await insertWebhooks(database, [webhook('a')]);
    sender({ seller: receiver.url }, { mostAttempts: 3 }).start();
    expect(await settled()).toMatchObject([
      { state: 'dead', attempts: 3, last_error: 'the receiver answered 500' },
    ]);
    expect(receiver.received).toHaveLength(3);
  });

  it('does not follow a redirect', async () => {
    const elsewhere = await webhookReceiver(status(200));
    const receiver = await webhookReceiver(status(307, { location: elsewhere.url }));
    await insertWebhooks(database, [webhook('a')]);
    sender({ seller: receiver.url }, { mostAttempts: 1 }).start();
    expect(await settled()).toMatchObject([{ state: 'dead', last_status: 307 }]);
    expect(elsewhere.received).toEqual([]);
  });

  it('sends again, with the same id, what a crash left unmarked', async () => {
    const receiver = await webhookReceiver(status(200));
    await insertWebhooks(database, [webhook('a')]);
    // The transaction after the call fails, as if the process had ended there.
    const broken = new Proxy(database, {
      get: (target, name) =>
        name === 'query'
          ? (query: { name?: string }) =>
              query.name === 'settle_webhook'
                ? Promise.reject(new Error('killed'))
                : target.query(query as never)
          : Reflect.get(target, name),
    });
    const crashed = new WebhookSender(
      {
        database: broken,
        logger: silentLogger,
        clock: systemClock,
        metrics: createWebhookMetrics(new Registry()),
        webhooks: {
          targets: [],
          receivers: [],
          urls: new Map([['seller', receiver.url]]),
          secrets: [],
          dryRun: false,
        },
      },
      { leaseMs: 100 },
    );
    await expect(crashed.sendSome()).rejects.toThrow('killed');
    expect(await rows()).toMatchObject([{ state: 'pending', leased: true, attempts: 1 }]);
    sender({ seller: receiver.url }).start();
    expect(await settled()).toMatchObject([{ state: 'sent', attempts: 2 }]);
    const [first, second, ...more] = receiver.received;
    expect(more).toEqual([]);
    expect(second?.headers['webhook-id']).toBe(first?.headers['webhook-id']);
  });

  it('leaves alone what another sender has leased', async () => {
    const receiver = await webhookReceiver(() => undefined);
    await insertWebhooks(database, [webhook('a')]);
    const slow = sender({ seller: receiver.url });
    const trying = slow.sendSome();
    await eventually('the call', () => receiver.received.length === 1);
    expect(await sender({ seller: receiver.url }).sendSome()).toBe(0);
    await slow.stop();
    await trying;
    // A stop gives back what it has called off, as if nothing had been tried.
    expect(await rows()).toMatchObject([{ state: 'pending', leased: false, attempts: 0 }]);
  });

  it('is not held up by a target that is away', async () => {
    const receiver = await webhookReceiver(status(200));
    const gone = await webhookReceiver(status(500));
    await insertWebhooks(database, [
      ...Array.from({ length: 30 }, (_, i) => webhook(`c${i}`, { target: 'customer' })),
      webhook('s'),
    ]);
    const one = sender(
      { customer: gone.url, seller: receiver.url },
      { most: 10, backoff: { firstMs: 3_600_000, longestMs: 3_600_000 } },
    );
    expect([await one.sendSome(), await one.sendSome(), await one.sendSome()]).toEqual([10, 1, 0]);
    expect(receiver.received).toHaveLength(1);
  });

  it('leaves a target without an address alone, and calls one that comes with its own', async () => {
    const receiver = await webhookReceiver(status(200));
    await insertWebhooks(database, [
      webhook('a'),
      webhook('b', { target: 'action', url: `${receiver.url}/own`, payload: { pause: true } }),
    ]);
    expect(await sender({}).sendSome()).toBe(1);
    expect((await rows()).map(({ state }) => state)).toEqual(['pending', 'sent']);
  });

  it('sends nothing in a dry run', async () => {
    const receiver = await webhookReceiver(status(200));
    await insertWebhooks(database, [webhook('a')]);
    await sender({ seller: receiver.url }, {}, { dryRun: true, targets: ['customer', 'seller'] }).sendSome();
    expect(await rows()).toMatchObject([{ state: 'dry_run', attempts: 1, leased: false }]);
    expect(receiver.received).toEqual([]);
  });
});

describe('the receiver in docs/webhooks.md', () => {
  /** Runs it as a reader would. */
  async function documentedReceiver(): Promise<{ url: string; output: () => string }> {
    const text = await readFile(join(projectRoot, 'docs/webhooks.md'), 'utf8');
    const [, code = ''] = /^```js\n([\s\S]*?)^```/m.exec(text) ?? [];
    const folder = await mkdtemp(join(tmpdir(), 'holdfast-receiver-'));
    await writeFile(join(folder, 'receiver.mjs'), code);
    const [port] = (await freePorts(1)) as [number];
    const child = spawn(process.execPath, [join(folder, 'receiver.mjs')], {
      env: { PORT: String(port), HOLDFAST_WEBHOOK_SECRET: `whsec_${SECRET.toString('base64')}` },
      stdio: ['ignore', 'pipe', 'inherit'],
    });
    let output = '';
    child.stdout.setEncoding('utf8').on('data', (more: string) => {
      output += more;
    });
    onTestFinished(async () => {
      child.kill('SIGKILL');
      await rm(folder, { recursive: true });
    });
    const url = `http://127.0.0.1:${port}/`;
    await eventually('the receiver', async () => (await fetch(url, { method: 'POST' })).status === 401);
    return { url, output: () => output };
  }

  it('takes what is genuine, once, and refuses what is not', async () => {
    const receiver = await documentedReceiver();
    await insertWebhooks(database, [webhook('A-1'), webhook('A-2')]);
    const genuine = sender({ seller: receiver.url }, {}, { secrets: [randomBytes(24), SECRET] });
    genuine.start();
    expect((await settled()).map(({ state }) => state)).toEqual(['sent', 'sent']);
    await database.query(`UPDATE webhook_outbox SET state = 'pending'`);
    expect((await settled()).map(({ state, attempts }) => [state, attempts])).toEqual([
      ['sent', 2],
      ['sent', 2],
    ]);
    await genuine.stop();
    await insertWebhooks(database, [webhook('A-3')]);
    await sender({ seller: receiver.url }, {}, { secrets: [randomBytes(32)] }).sendSome();
    const stale = { now: () => systemClock.now() - HOUR };
    await insertWebhooks(database, [webhook('A-4')]);
    await sender({ seller: receiver.url }, {}, {}, stale).sendSome();
    expect((await rows()).slice(2).map(({ state, last_status }) => [state, last_status])).toEqual([
      ['pending', 401],
      ['pending', 401],
    ]);
    expect(receiver.output().trim().split('\n').toSorted()).toEqual(['A-1', 'A-2']);
  });
});
