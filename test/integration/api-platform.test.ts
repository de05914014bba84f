import { beforeAll, describe, expect, it } from 'vitest';
import { formatIso8601 } from '../../domain/time/iso8601.ts';
import { HOUR } from '../../domain/time/micros.ts';
import type { Database } from '../../platform/database/database.ts';
import { refreshRollups } from '../../processor/rollups/refresh-rollups.ts';
import { type ApiServer, apiServer } from '../support/api-server.ts';
import { freshDatabase } from '../support/database.ts';
import { seedPlatform } from '../support/grafana/seed-platform.ts';
import { processorDatabase } from '../support/orders-processor.ts';
import { expectRollupsOfFacts } from '../support/rollup-check.ts';

/** Half past an hour, in microseconds. */
const NOW = 1_772_368_200_000_000;

let database: Database;
let api: ApiServer;

beforeAll(async () => {
  database = processorDatabase((await freshDatabase()).url);
  await seedPlatform(database, NOW / 1000);
  await database.query('UPDATE sequence_state SET sequenced_to = $1', [formatIso8601(NOW)]);
  api = await apiServer(database);
});

it('is counted by the rollups as the facts have it', async () => {
  await refreshRollups(database, { from: null, to: null });
  await expectRollupsOfFacts(database);
});

describe('GET /api/v1/incidents', () => {
  interface Incident {
    incident_id: string;
    cause: string | null;
    probability: number | null;
    region: string | null;
    closed_at: string | null;
    alert_id: number | null;
  }

  it('has the newest first, with cause and alert', async () => {
    const items = await api.walk<Incident>('/api/v1/incidents?limit=1');
    expect(items.map(({ incident_id, cause, probability }) => [incident_id, cause, probability])).toEqual([
      ['incident-now', null, null],
      ['incident-1', 'RIDERS_SHORT', 0.86],
    ]);
    expect(items.map(({ alert_id, closed_at }) => [alert_id === null, closed_at === null])).toEqual([
      [true, true],
      [false, false],
    ]);
  });

  it.each([
    ['state=open', ['incident-now']],
    ['state=over', ['incident-1']],
    ['cause=RIDERS_SHORT&region=District 1', ['incident-1']],
    ['region=District 2', []],
    ['severity=warning', []],
    [`from=${formatIso8601(NOW - 2 * HOUR)}`, ['incident-now']],
    [`to=${formatIso8601(NOW - 2 * HOUR)}`, ['incident-1']],
  ])('%s', async (query, expected) => {
    const { items } = await api.ask<{ items: Incident[] }>(`/api/v1/incidents?${encodeURI(query)}`);
    expect(items.map(({ incident_id }) => incident_id)).toEqual(expected);
  });

  it('refuses causes and times there are not', async () => {
    expect(await api.refuse('/api/v1/incidents?cause=MAGIC', 400)).toContain(
      'cause must be one of RIDERS_SHORT',
    );
    expect(await api.refuse('/api/v1/incidents?from=today', 400)).toContain('from must be a time');
  });
});

describe('GET /api/v1/incidents/:incident_id', () => {
  it('tells why, what was seen, what was done and what that did', async () => {
    const incident = await api.ask<{ causes: unknown[]; findings: unknown[]; actions: unknown[] }>(
      '/api/v1/incidents/incident-1',
    );
    expect(incident.causes).toMatchObject([
      { cause: 'RIDERS_SHORT', evidence: [{ text: '12 riders were there where 30 were expected' }] },
      { cause: 'UNKNOWN', evidence: [] },
    ]);
    expect(incident.findings).toMatchObject([
      { series_key: 'orders|region=District 1', direction: 'DOWN', effect: expect.closeTo(-0.6, 9) },
      { series_key: 'riders_online|region=District 1' },
    ]);
    expect(incident.actions).toMatchObject([
      {
        action: 'RIDER_INCENTIVE',
        status: 'DONE',
        parameters: { amount: 2000 },
        effect: { difference: 100 },
      },
    ]);
  });

  it('is not there for an id that nobody knows', async () => {
    expect(await api.refuse('/api/v1/incidents/INC-0', 404)).toContain('INC-0');
  });
});

describe('GET /api/v1/actions', () => {
  it('names no customer', async () => {
    const items = await api.walk<{ target: string }>('/api/v1/actions?limit=1');
    expect(items.map(({ target }) => target)).toEqual(['restaurant=R-1', 'region=District 1']);
  });

  it.each([
    ['status=PROPOSED', ['RESTAURANT_DEACTIVATE']],
    ['action=RIDER_INCENTIVE', ['RIDER_INCENTIVE']],
    ['incident_id=incident-1', ['RIDER_INCENTIVE']],
    ['incident_id=incident-0', []],
  ])('%s', async (query, expected) => {
    const { items } = await api.ask<{ items: { action: string }[] }>(`/api/v1/actions?${query}`);
    expect(items.map(({ action }) => action)).toEqual(expected);
  });
});

describe('GET /api/v1/forecast/demand', () => {
  interface Hour {
    hour: string;
    region: string;
    actual_orders: number | null;
  }

  it('is of the 24 hours from the present one on, unless others are named', async () => {
    const items = await api.walk<Hour>('/api/v1/forecast/demand?limit=7');
    const hours = [...new Set(items.map(({ hour }) => hour))];
    expect(hours).toHaveLength(24);
    expect(hours[0]).toBe(formatIso8601(NOW - HOUR / 2));
    expect(items).toHaveLength(24 * 3);
    expect(items.every(({ actual_orders }) => actual_orders === null)).toBe(true);
  });

  it('has what came of past hours', async () => {
    const span = `from=${formatIso8601(NOW - 5 * HOUR)}&to=${formatIso8601(NOW - 2 * HOUR)}`;
    const items = await api.walk<Hour>(`/api/v1/forecast/demand?region=District%201&${span}`);
    expect(items.map(({ actual_orders }) => actual_orders)).toEqual([29, 29, 29]);
  });
});

describe('GET /api/v1/customers/churn', () => {
  interface Customer {
    customer_id: string;
    probability: number;
    orders: number;
  }

  it('has the most probable first, each once though four are equally likely, and names nobody, in its links neither', async () => {
    const links: string[] = [];
    const items: Customer[] = [];
    for (let at: string | null = '/api/v1/customers/churn?limit=5'; at !== null; ) {
      const page: { items: Customer[]; next: string | null } = await api.ask(at);
      items.push(...page.items);
      at = page.next;
      links.push(
        Buffer.from(new URL(at ?? '/', api.url).searchParams.get('cursor') ?? '', 'base64').toString(),
      );
    }
    expect(items.map(({ orders }) => orders)).toEqual(Array.from({ length: 24 }, (_, i) => 27 - i));
    expect(new Set(items.map(({ customer_id }) => customer_id))).toEqual(new Set(['cus***']));
    expect(links.join()).not.toContain('customer');
  });

  it.each([
    ['segment=LOST&min_probability=0.5', [26, 22, 18]],
    ['region=District%202&min_probability=0.9', [26]],
  ])('%s', async (query, expected) => {
    const { items } = await api.ask<{ items: Customer[] }>(`/api/v1/customers/churn?${query}`);
    expect(items.map(({ orders }) => orders)).toEqual(expected);
  });
});
