import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';
import { Registry } from 'prom-client';
import { expect, onTestFinished, test } from 'vitest';
import type { StoredIncident } from '../../domain/incidents/incident-memory.ts';
import { NOTHING_REMEMBERED } from '../../domain/incidents/incident-memory.ts';
import { HOUR, MINUTE, type Micros } from '../../domain/time/micros.ts';
import { systemClock } from '../../platform/clock/clock.ts';
import { createSourceMetrics } from '../../processor/causes/source-metrics.ts';
import { SourcePoller } from '../../processor/causes/source-poller.ts';
import { latestSourceReadings } from '../../processor/causes/sql/latest-source-readings.ts';
import { loadOpenIncidents } from '../../processor/causes/sql/load-open-incidents.ts';
import { upsertIncidents } from '../../processor/causes/sql/upsert-incidents.ts';
import { freshDatabase } from '../support/database.ts';
import { processorDatabase, silentLogger } from '../support/orders-processor.ts';

const STEP = 5 * MINUTE;
const NOW: Micros = Date.UTC(2026, 2, 1, 12, 2) * 1000;

test('outside sources are asked once a step, and incidents come back as they were', async () => {
  const db = processorDatabase((await freshDatabase()).url);
  const asked: string[] = [];
  const server = createServer((request, response) => {
    asked.push(request.url ?? '');
    if (request.url?.startsWith('/traffic')) response.writeHead(500).end();
    else response.end(JSON.stringify({ value: 0.6, text: 'storm' }));
  }).listen(0, '127.0.0.1');
  onTestFinished(() => void server.close());
  await new Promise((resolve) => server.once('listening', resolve));
  const url = `http://127.0.0.1:${(server.address() as AddressInfo).port}`;
  const poller = new SourcePoller(
    { database: db, logger: silentLogger, clock: systemClock, metrics: createSourceMetrics(new Registry()) },
    {
      weather: `${url}/weather?region={region}`,
      traffic: `${url}/traffic?region={region}`,
      health: new Map([['routing', `${url}/routing`]]),
    },
    { every: STEP, most: 1 },
  );
  const moveTo = (at: Micros) =>
    db.query(
      `UPDATE sequence_state SET sequenced_to = TIMESTAMPTZ 'epoch' + INTERVAL '1 microsecond' * $1::float8`,
      [at],
    );

  // Nobody has followed anything: there is no time to ask about.
  expect(await poller.readDue()).toEqual([]);
  await db.query(
    `INSERT INTO series_points (at, series_key, sum, n, score, deviation, anomalous)
     SELECT TIMESTAMPTZ 'epoch' + INTERVAL '1 microsecond' * $1::float8, key, 1, 1, 0, 0, false
     FROM unnest(ARRAY['orders|region=Mapo', 'orders|region=Jongno', 'orders|restaurant=R-1', 'refunds|all=all']) AS key`,
    [NOW - STEP],
  );
  const incident: StoredIncident = {
    incident: {
      ...{
        incidentId: 'INC-1',
        openedAt: NOW - HOUR,
        closedAt: null,
        updatedAt: NOW,
        scope: { region: 'Mapo' },
      },
      ...{
        findings: ['a', 'b'],
        seriesKeys: ['orders|region=Mapo'],
        settledCause: null,
        severity: 'warning',
      },
      causes: [{ cause: 'UNKNOWN', probability: 1, evidence: [] }],
    },
    memory: { ...NOTHING_REMEMBERED, steps: 3, refusals: { 'R-1': { OTHER: 2 } } },
  };
  await upsertIncidents(db, [incident]);
  await moveTo(NOW);
  const readings = await poller.readDue();
  // The region with the incident first; traffic is left alone once it failed.
  expect(asked).toEqual([
    '/routing',
    '/weather?region=Mapo',
    '/traffic?region=Mapo',
    '/weather?region=Jongno',
  ]);
  expect(readings.map(({ source, subject }) => `${source} ${subject}`)).toEqual([
    'HEALTH routing',
    'WEATHER Mapo',
    'WEATHER Jongno',
  ]);
  const at = NOW - 2 * MINUTE;
  const kept = await latestSourceReadings(db, NOW - HOUR, NOW);
  expect(kept).toContainEqual({ source: 'WEATHER', subject: 'Mapo', at, value: 0.6, text: 'storm' });
  expect(kept).toHaveLength(3);
  expect(await latestSourceReadings(db, at, NOW)).toEqual([]);

  await moveTo(NOW + MINUTE);
  expect(await poller.readDue()).toEqual([]);
  await moveTo(NOW + STEP);
  expect(await poller.readDue()).toHaveLength(3);

  expect(await loadOpenIncidents(db)).toEqual([incident]);
  const closed = { ...incident.incident, closedAt: NOW, settledCause: 'UNKNOWN' as const };
  await upsertIncidents(db, [{ incident: closed, memory: null }]);
  expect(await loadOpenIncidents(db)).toEqual([]);
  const { rows } = await db.query('SELECT cause, memory, findings FROM incidents');
  expect(rows).toEqual([{ cause: 'UNKNOWN', memory: null, findings: ['a', 'b'] }]);
});
