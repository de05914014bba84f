import { afterAll, beforeAll, describe, expect, it, test } from 'vitest';
import type { Database } from '../../platform/database/database.ts';
import { freePorts } from '../../stack/start/ports.ts';
import { freshDatabase } from '../support/database.ts';
import { driveBatch, recordAt } from '../support/drive-batches.ts';
import { eventually } from '../support/eventually.ts';
import { insertRows } from '../support/insert-rows.ts';
import { freshTopicPrefix, kafkaBrokers } from '../support/kafka.ts';
import { ordersHandlerOf, processorDatabase } from '../support/orders-processor.ts';
import { POISON_NOW_MS, soundEvent } from '../support/poison/sound.ts';
import { type RunningProcessor, runProcessor } from '../support/running-processor.ts';

const ADDRESS = '서울특별시 마포구 양화로 45';
const ODD_IDS = [
  'a/b',
  '../orders',
  '주문-7',
  '\u{1F4E6}',
  "o'; DROP TABLE orders; --",
  '"quoted"',
  'a b+c%20d',
  '100%',
  'a?b#c&d=e',
  '\\u0000',
  '\u2028',
  '가'.repeat(200),
];

let database: Database;
let masked: RunningProcessor;
let open: RunningProcessor;
const undo: (() => Promise<void>)[] = [];

beforeAll(async () => {
  const { url } = await freshDatabase();
  database = processorDatabase(url);
  const event = (orderId: string, more: Record<string, unknown> = {}) =>
    JSON.stringify({
      ...soundEvent(orderId),
      user_id: 'U-000017',
      product_id: `p ${orderId.slice(0, 50)}`,
      ...more,
    });
  const values = [
    ...ODD_IDS.map((orderId) => event(orderId, { event_id: 'e1' })),
    event('paid later'),
    JSON.stringify({
      order_id: 'paid later',
      event_type: 'PAID',
      occurred_at: '2026-03-02T12:00:00Z',
      event_id: 'e2',
    }),
    event('held', { shipping_address: 'unknown, 서울특별시 마포구' }),
    ...Array.from({ length: 4 }, (_, index) => event(`burst-${index}`, { product_id: 'hot' })),
    ...Array.from({ length: 6 }, (_, index) =>
      event(`greedy-${index}`, { product_id: 'dear', occurred_at: `2026-03-02T11:00:0${index}Z` }),
    ),
  ];
  const records = values.map((value, offset) => recordAt(offset, value));
  // A partition that no topic here has: the processors must find nothing to doubt.
  await driveBatch(database, ordersHandlerOf(), 99, records, POISON_NOW_MS * 1000);
  const options = {
    databaseUrl: url,
    brokers: kafkaBrokers(),
    cleanUp: (stop: () => Promise<void>) => undo.push(stop),
  };
  masked = await runProcessor(options);
  open = await runProcessor({ ...options, env: { HOLDFAST_SHOW_PERSONAL_DATA: 'true' } });
});

afterAll(async () => {
  for (const stop of undo) await stop();
});

interface Timeline {
  order: Record<string, unknown>;
  events: Record<string, unknown>[];
  holds: { reason_code: string; evidence: Record<string, unknown> }[];
  alerts: { kind: string; evidence: Record<string, unknown> }[];
}

async function timeline(orderId: string, from: RunningProcessor = masked): Promise<Timeline> {
  const response = await fetch(`${from.url}/api/v1/orders/${encodeURIComponent(orderId)}`);
  expect(response.status, orderId).toBe(200);
  return (await response.json()) as Timeline;
}

/** Checks that an answer is a problem as RFC 9457 has it. */
async function expectProblem(response: Response, status: number): Promise<Record<string, unknown>> {
  expect(response.status).toBe(status);
  expect(response.headers.get('content-type')).toMatch(/^application\/problem\+json/);
  const problem = (await response.json()) as Record<string, unknown>;
  expect(problem).toMatchObject({ type: 'about:blank', status });
  expect(problem.title).toEqual(expect.stringMatching(/./));
  expect(problem.detail).toEqual(expect.stringMatching(/./));
  return problem;
}

describe('GET /api/v1/orders/:id', () => {
  it('tells an order with its events in their order', async () => {
    const { order, events, holds } = await timeline('paid later');
    expect(order).toMatchObject({ order_id: 'paid later', current_status: 'PAID', current_stage: 'PAYMENT' });
    expect(events.map((event) => [event.event_type, event.event_id])).toEqual([
      ['ORDER_CREATED', 'paid later.1'],
      ['PAID', 'e2'],
    ]);
    expect(Date.parse(String(order.paid_at))).toBe(Date.parse('2026-03-02T12:00:00Z'));
    expect(holds).toEqual([]);
  });

  it.each(ODD_IDS)('finds the order %s', async (orderId) => {
    const { order, events } = await timeline(orderId);
    expect(order.order_id).toBe(orderId);
    expect(events).toHaveLength(1);
  });

  it('shows holds and their alerts over the folded status', async () => {
    const { order, holds, alerts } = await timeline('held');
    expect(order).toMatchObject({
      current_status: 'HOLD',
      folded_status: 'CREATED',
      hold_reason_code: 'FUL-VALID',
    });
    expect(holds.map((hold) => hold.reason_code)).toEqual(['FUL-VALID']);
    expect(alerts.map((alert) => alert.kind)).toEqual(['HOLD']);
  });

  it.each(['paid later', 'held', 'burst-3', 'greedy-5'])(
    'masks who and where of %s, everywhere',
    async (orderId) => {
      const shown = JSON.stringify(await timeline(orderId));
      expect(shown).not.toContain('U-000017');
      expect(shown).not.toContain('마포구');
      expect((await timeline(orderId)).order.user_id).toBe('U-0***');
    },
  );

  it('masks the user of a burst in holds and alerts', async () => {
    const { holds, alerts } = await timeline('greedy-5');
    expect(holds[0]?.evidence.user_id).toBe('U-0***');
    expect(alerts[0]?.evidence.user_id).toBe('U-0***');
  });

  it('shows all of it where HOLDFAST_SHOW_PERSONAL_DATA says so', async () => {
    expect((await timeline('paid later', open)).order).toMatchObject({
      user_id: 'U-000017',
      shipping_address: ADDRESS,
    });
    const { holds, alerts } = await timeline('greedy-5', open);
    expect(holds[0]?.evidence.user_id).toBe('U-000017');
    expect(alerts[0]?.evidence.user_id).toBe('U-000017');
  });

  it.each(['none', 'paid', 'PAID LATER', '%2e%2e%2f', '\u{1F4E6}\u{1F4E6}'])(
    '404 for %s',
    async (orderId) => {
      const response = await fetch(`${masked.url}/api/v1/orders/${encodeURIComponent(orderId)}`);
      const problem = await expectProblem(response, 404);
      expect(problem.detail).toContain(orderId);
    },
  );

  it.each([
    ['U+0000', '%00'],
    ['bytes that are not UTF-8', '%ff%fe'],
    ['half a surrogate pair', '%ed%a0%80'],
    ['an escape that is none', '%zz'],
    ['an id that is too long', 'x'.repeat(201)],
  ])('400 for %s', async (_name, path) => {
    await expectProblem(await fetch(`${masked.url}/api/v1/orders/${path}`), 400);
  });
});

test.each(['/', '/api', '/api/v1/orders', '/api/v1/orders/a/b', '/metrics/x', '/..%2f..%2fetc%2fpasswd'])(
  'nothing is at %s, as a problem',
  async (path) => {
    await expectProblem(await fetch(`${masked.url}${path}`), 404);
  },
);

test.each(['POST', 'PUT', 'DELETE', 'PATCH'])('%s changes nothing', async (method) => {
  await expectProblem(
    await fetch(`${masked.url}/api/v1/orders/held`, { method, body: method === 'DELETE' ? null : '{' }),
    404,
  );
});

test('ready when everything is there', async () => {
  const answer = await eventually('readiness', async () => {
    const response = await fetch(`${masked.url}/readyz`);
    return response.status === 200 && response.json();
  });
  expect(answer).toEqual({ status: 'ready', problems: {} });
});

describe('with database and broker away', () => {
  it('is alive, not ready, names both, answers with problems and is still measured', async () => {
    const [databasePort, brokerPort] = (await freePorts(2)) as [number, number];
    const away = await runProcessor({
      databaseUrl: `postgres://holdfast:hunter2secret@127.0.0.1:${databasePort}/none`,
      brokers: `127.0.0.1:${brokerPort}`,
      prefix: freshTopicPrefix(),
    });
    const health = await fetch(`${away.url}/healthz`);
    expect([health.status, await health.json()]).toEqual([200, { status: 'alive' }]);
    const problems = await eventually('both to be missed', async () => {
      const response = await fetch(`${away.url}/readyz`);
      expect(response.status).toBe(503);
      const body = (await response.json()) as { problems: Record<string, string> };
      const text = JSON.stringify(body.problems);
      return text.includes(String(databasePort)) && text.includes(String(brokerPort)) && text;
    });
    expect(problems).not.toContain('hunter2secret');
    const answer = await fetch(`${away.url}/api/v1/orders/held`);
    const problem = await expectProblem(answer, answer.status);
    expect(answer.status).toBe(503);
    expect(JSON.stringify(problem)).not.toContain('hunter2secret');
    const metrics = await fetch(`${away.url}/metrics`);
    expect(metrics.status).toBe(200);
    expect(await metrics.text()).toContain('holdfast_build_info');
    expect((await fetch(`${away.url}/healthz`)).status).toBe(200);
  });

  it('names the database when only that is away', async () => {
    const [databasePort] = (await freePorts(1)) as [number];
    const away = await runProcessor({
      databaseUrl: `postgres://postgres@127.0.0.1:${databasePort}/none`,
      brokers: kafkaBrokers(),
    });
    const problem = await eventually('the database to be missed', async () => {
      const body = (await (await fetch(`${away.url}/readyz`)).json()) as { problems: Record<string, string> };
      return body.problems.database;
    });
    expect(problem).toContain(String(databasePort));
  });
});

it('shows the latest thousand events of an order that has more', async () => {
  const template = (await database.query(`SELECT to_jsonb(e) AS event FROM events e WHERE order_id = '100%'`))
    .rows[0];
  const copies = Array.from({ length: 1005 }, (_, index) => ({
    ...template.event,
    event_id: `copy-${String(index).padStart(4, '0')}`,
    occurred_at: new Date(Date.UTC(2026, 2, 3) + index).toISOString(),
  }));
  await insertRows(database, 'events', copies);
  const response = await fetch(`${masked.url}/api/v1/orders/${encodeURIComponent('100%')}`);
  const { events } = (await response.json()) as Timeline;
  expect(events.map((event) => event.event_id)).toEqual(copies.slice(5).map((copy) => copy.event_id));
});

it('a webhook without the token is refused before its body is read', async () => {
  const response = await fetch(`${masked.url}/webhooks/alertmanager`, {
    method: 'POST',
    body: 'x'.repeat(2 * 1024 * 1024),
  });
  expect(response.status).toBe(503);
  expect(await response.json()).toMatchObject({ title: 'Not set up' });
});
