import { existsSync, readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import type { Dashboard, Panel } from '@grafana/grafana-foundation-sdk/dashboard';
import { loadModule, parseSync } from 'libpg-query';
import { beforeAll, describe, expect, it } from 'vitest';
import { allBoards, generateBoards } from '../../grafana/src/all-boards.ts';
import { interpolatePromql, interpolateSql, type View } from '../../grafana/src/check/interpolate.ts';
import { initialValues, panelsOf, queriesOf, variablesOf } from '../../grafana/src/check/queries.ts';
import { projectRoot } from '../../stack/install/paths.mjs';
import { alertRules } from '../support/alert-rules.ts';
import { grafanaRules, provisioningFiles } from '../support/grafana/provisioned.ts';
import { metricsOf, promqlProblems } from '../support/promql.ts';

const BOARDS = join(projectRoot, 'grafana/provisioning/dashboards/boards');
const SQL = join(projectRoot, 'grafana/src/sql');

const generated = await generateBoards();
const boards: Dashboard[] = generated.map(({ dashboard }) => dashboard);
const named = boards.map((board) => [board.title ?? '', board] as const);
const panels = boards.flatMap((board) =>
  panelsOf(board).map((panel) => [`${board.title}: ${panel.title}`, panel, board] as const),
);
const queries = boards.flatMap((board) =>
  queriesOf(board).map((query) => [`${board.title}: ${query.title} ${query.refId}`, query, board] as const),
);

async function viewOf(board: Dashboard): Promise<View> {
  const variables = await initialValues(board, async () => ['a', "b'c"]);
  return { from: new Date('2026-03-01'), to: new Date('2026-03-02'), intervalMs: 60_000, variables };
}

const EMPTY_VIEW = { from: new Date(0), to: new Date(0), intervalMs: 60_000 } as const;

beforeAll(() => loadModule());

describe('the generated files', () => {
  it('are what grafana/src makes; `npm run dashboards` writes them', () => {
    const found = new Map(
      readdirSync(BOARDS).map((file) => [file, readFileSync(join(BOARDS, file), 'utf8')] as const),
    );
    expect([...found.keys()].toSorted()).toEqual(generated.map(({ file }) => file).toSorted());
    for (const { file, text } of generated) expect(found.get(file) === text, file).toBe(true);
  });

  it('use every SQL file there is', async () => {
    const all = readdirSync(SQL, { recursive: true, encoding: 'utf8' }).filter((file) =>
      file.endsWith('.sql'),
    );
    const text = generated.map((one) => one.text).join('');
    const unused = all.filter((file) => {
      const statement = readFileSync(join(SQL, file), 'utf8')
        .replace(/^(--.*\n|\s*\n)+/, '')
        .trimEnd();
      return !text.includes(JSON.stringify(statement).slice(1, -1));
    });
    expect(all.length).toBeGreaterThan(40);
    expect(unused).toEqual([]);
  });

  it('have stable names, each once', async () => {
    const uids = (await allBoards()).map(({ uid }) => uid);
    for (const uid of uids) expect(uid).toMatch(/^holdfast-[a-z-]{3,30}$/);
    expect(new Set(uids).size).toBe(uids.length);
  });
});

describe.each(named)('%s', (_, board) => {
  it('is read-only, shares its crosshair, refreshes, and says what it answers', () => {
    expect(board.editable).toBe(false);
    expect(board.graphTooltip).toBe(1);
    expect(board.refresh).toMatch(/^\d+[sm]$/);
    expect(board.description).toMatch(/\w/);
    expect(board.tags).toEqual(['holdfast']);
    expect(board.timezone).toBe('');
    expect(board.schemaVersion).toBeGreaterThanOrEqual(39);
  });

  it('has its sources as variables, annotations, and links to other spans and boards', () => {
    const names = variablesOf(board).map(({ name }) => name);
    expect(names).toEqual(expect.arrayContaining(['timescaledb', 'prometheus', 'data_age']));
    expect(new Set(names).size).toBe(names.length);
    expect(board.annotations.list?.length).toBeGreaterThan(1);
    const links = board.links ?? [];
    for (const span of ['12h', '24h', '7d', '30d'])
      expect(links.find(({ title }) => title === span)).toMatchObject({
        url: `/d/${board.uid}?from=now-${span}&to=now`,
        includeVars: true,
      });
    expect(links.find(({ type }) => type === 'dashboards')).toMatchObject({ keepTime: true });
  });

  it('numbers its panels, and none lies upon another', () => {
    const all = board.panels ?? [];
    expect(new Set(all.map(({ id }) => id)).size).toBe(all.length);
    const taken = new Set<string>();
    for (const { gridPos } of all) {
      if (gridPos === undefined) throw new Error('a panel without a place');
      expect(gridPos.x + gridPos.w).toBeLessThanOrEqual(24);
      for (let x = gridPos.x; x < gridPos.x + gridPos.w; x += 1)
        for (let y = gridPos.y; y < gridPos.y + gridPos.h; y += 1) {
          expect(taken.has(`${x} ${y}`)).toBe(false);
          taken.add(`${x} ${y}`);
        }
    }
  });

  it('describes its variables', () => {
    for (const { name, description, label } of variablesOf(board)) {
      expect(label, name).toMatch(/\w/);
      expect(description, name).toMatch(/\.$/);
    }
  });
});

describe.each(panels)('%s', (_, panel) => {
  it('says what it answers, in which unit, and what it means when there is nothing', () => {
    expect(panel.title).toMatch(/\w/);
    expect(panel.description).toMatch(/\?/);
    expect(panel.fieldConfig?.defaults.unit).toMatch(/\w/);
    expect(panel.fieldConfig?.defaults.noValue).toMatch(/\w/);
    expect(panel.fieldConfig?.defaults.thresholds?.steps[0]?.value).toBeNull();
  });

  it('asks sources that are variables', () => {
    const targets = panel.targets as unknown as { datasource?: { uid?: string } }[];
    expect(targets.length).toBeGreaterThan(0);
    for (const { datasource } of targets) expect(datasource?.uid).toMatch(/^\$\{(timescaledb|prometheus)\}$/);
  });
});

describe.each(queries.filter(([, { sql }]) => sql !== undefined))('SQL of %s', (_, query, board) => {
  const sql = query.sql ?? '';

  it('is read by the parser of PostgreSQL, as one SELECT', async () => {
    const { stmts } = parseSync(interpolateSql(sql, await viewOf(board))) as { stmts: { stmt: object }[] };
    expect(stmts.map(({ stmt }) => Object.keys(stmt)[0])).toEqual(['SelectStmt']);
  });

  it('looks at the chosen time only, or is about now or one order, and says so', () => {
    if (/\$__time(Filter|From|To)\(/.test(sql)) return;
    const aboutOneOrder = sql.includes('${order_id:sqlstring}');
    const saysItsAge = /\$(data_age|followed)/.test(query.title) || query.title === 'Data age';
    expect(aboutOneOrder || saysItsAge || /today/.test(query.title)).toBe(true);
  });

  it('filters the bare column, and quotes what people type', () => {
    for (const [, column] of sql.matchAll(/\$__timeFilter\(([^)]*)\)/g)) expect(column).toMatch(/^[a-z_.]+$/);
    const typed = variablesOf(board)
      .filter(({ type }) => type === 'textbox')
      .map(({ name }) => name);
    for (const name of typed)
      expect(sql.replaceAll(`\${${name}:sqlstring}`, '')).not.toMatch(new RegExp(`\\$\\{?${name}\\b`));
  });

  it('reads no table with personal data', () => {
    expect(sql).not.toMatch(
      /\b(FROM|JOIN) (orders|orders_current|orders_raw|holds|alerts|arrivals|customers|pipeline_error_logs|kafka_outbox|actions|riders|customer_facts|customer_churn|promotion_customers)\b/,
    );
  });

  it('says Korean where days begin in Korea', () => {
    if (sql.includes('Asia/Seoul')) expect(query.title).toContain('Korean');
    else expect(query.title).not.toContain('Korean');
  });
});

describe.each(queries.filter(([, { promql }]) => promql !== undefined))('PromQL of %s', (_, query, board) => {
  const promql = query.promql ?? '';

  it('is read by the parser of Prometheus', async () => {
    const expression = interpolatePromql(promql, await viewOf(board));
    expect(promqlProblems(expression)).toEqual([]);
    expect(metricsOf(expression).length).toBeGreaterThan(0);
  });

  it('leaves the window of a rate to Grafana', () => {
    expect(promql).not.toMatch(/\[\d/);
    if (/\b(rate|increase)\(/.test(promql)) expect(promql).toContain('[$__rate_interval]');
  });
});

describe('annotations', () => {
  const targets = boards.flatMap((board) =>
    (board.annotations.list ?? []).map(
      ({ name, target }) => [name, (target ?? {}) as { expr?: string; rawSql?: string }] as const,
    ),
  );

  it('ask something that is understood', async () => {
    for (const [name, { expr, rawSql }] of targets) {
      expect(expr === undefined, name).toBe(rawSql !== undefined);
      if (expr !== undefined) expect(promqlProblems(expr), name).toEqual([]);
      if (rawSql !== undefined)
        expect(() => parseSync(interpolateSql(rawSql, { ...EMPTY_VIEW, variables: {} })), name).not.toThrow();
    }
  });

  it('tell of every start, where it was, with its version', () => {
    for (const { annotations } of boards)
      expect(annotations.list?.find(({ name }) => name === 'Starts and deploys')).toMatchObject({
        enable: true,
        useValueForTime: true,
        titleFormat: '{{program}} {{version}} started',
        datasource: { uid: '${prometheus}' },
      });
  });
});

describe('links', () => {
  const addresses = boards.flatMap((board) => {
    const found = JSON.stringify(board).matchAll(/"url":"(\/d\/[^"]*)"/g);
    return [...found].map(([, url = '']) => [board, url] as const);
  });

  it('lead to boards that are there, and to variables they have', () => {
    expect(addresses.length).toBeGreaterThan(50);
    for (const [from, url] of addresses) {
      const [, uid, query = ''] = /^\/d\/([^?]*)\??(.*)$/.exec(url) ?? [];
      const target = boards.find((board) => board.uid === uid);
      expect(target, `${from.title}: ${url}`).toBeDefined();
      const names = variablesOf(target as Dashboard).map(({ name }) => name);
      for (const [, variable] of query.matchAll(/var-([a-z_]+)=/g)) expect(names, url).toContain(variable);
    }
  });

  it('keep the time and the sources, between boards', () => {
    const data = boards.flatMap((board) =>
      panelsOf(board).flatMap((panel) => dataLinks(panel).filter((url) => url.startsWith('/d/'))),
    );
    expect(data.length).toBeGreaterThan(15);
    for (const url of data) {
      expect(url).toMatch(/__url_time_range|from=\$\{__data/);
      expect(url).toContain('${timescaledb:queryparam}');
    }
  });

  it('name fields that their query has', () => {
    for (const [name, panel] of panels) {
      const columns = JSON.stringify(panel.targets);
      for (const url of dataLinks(panel))
        for (const [, field] of url.matchAll(/__data\.fields\.(\w+)/g))
          expect(columns, `${name}: ${url}`).toMatch(new RegExp(`\\b${field}\\b`));
    }
  });

  it('of traces open what the trace store is provisioned as, with the id from its column or exemplar', () => {
    const traces = panels.flatMap(([, panel]) =>
      dataLinks(panel).filter((url) => url.startsWith('/explore?')),
    );
    expect(traces.length).toBeGreaterThan(0);
    const sources = provisioningFiles().find(({ path }) => path.endsWith('datasources/holdfast.yml'));
    const { datasources } = (sources?.content ?? { datasources: [] }) as {
      datasources: { uid: string; type: string; jsonData?: Record<string, unknown> }[];
    };
    const tempo = datasources.find(({ type }) => type === 'tempo');
    for (const url of traces) {
      const panes = new URL(url.replace('${__data.fields.trace_id}', 'TRACE'), 'http://grafana').searchParams;
      expect(panes.get('schemaVersion')).toBe('1');
      expect(panes.get('orgId')).toBe('1');
      const [pane] = Object.values(
        JSON.parse(panes.get('panes') ?? '{}') as Record<string, { datasource: string; queries: unknown[] }>,
      );
      expect(url).toContain('${__data.fields.trace_id}');
      expect(pane).toEqual({
        datasource: tempo?.uid,
        queries: [
          {
            refId: 'A',
            datasource: { type: 'tempo', uid: tempo?.uid },
            queryType: 'traceql',
            query: 'TRACE',
          },
        ],
      });
    }
    const prometheus = datasources.find(({ type }) => type === 'prometheus');
    expect(prometheus?.jsonData).toMatchObject({
      exemplarTraceIdDestinations: [{ name: 'trace_id', datasourceUid: tempo?.uid }],
    });
    const loki = datasources.find(({ type }) => type === 'loki');
    expect(tempo?.jsonData).toMatchObject({ tracesToLogsV2: { datasourceUid: loki?.uid } });
  });

  it('of rules lead to boards that are there', () => {
    const uids = new Set(boards.map(({ uid }) => uid));
    for (const { annotations } of [...alertRules(), ...grafanaRules()])
      expect(uids).toContain(annotations.dashboard_uid);
  });
});

function dataLinks(panel: Panel): string[] {
  const { defaults, overrides } = panel.fieldConfig ?? { defaults: {}, overrides: [] };
  const ofColumns = overrides.flatMap(({ properties }) =>
    properties.flatMap(({ id, value }) => (id === 'links' ? (value as { url?: string }[]) : [])),
  );
  return [...(defaults.links ?? []), ...ofColumns].map(({ url }) => url ?? '');
}

describe("Grafana's own alerts", () => {
  const rules = grafanaRules();

  it('are in Grafana only, and say what to do when there is no data, or an error', () => {
    expect(rules.length).toBeGreaterThan(1);
    const inPrometheus = new Set(alertRules().map(({ alert }) => alert));
    for (const { title, noDataState, execErrState, labels, annotations, uid } of rules) {
      expect(inPrometheus).not.toContain(title);
      expect(noDataState).toMatch(/^(OK|NoData|Alerting|KeepLast)$/);
      expect(execErrState).toMatch(/^(OK|Error|Alerting|KeepLast)$/);
      expect(labels.severity).toMatch(/^(critical|warning|info)$/);
      expect(uid).toMatch(/^holdfast-/);
      expect(annotations.summary).toMatch(/\w/);
      expect(annotations.runbook_url).toBe(`docs/runbooks/${title}.md`);
      expect(existsSync(join(projectRoot, annotations.runbook_url ?? ''))).toBe(true);
      // Grafana refuses one without the other, and then does not start; numbers of panels are not for keeps.
      expect(Object.keys(annotations)).not.toContain('__dashboardUid__');
    }
  });

  it('ask the database with SQL that is read, and compare what they have asked', () => {
    for (const { condition, data } of rules) {
      expect(data.map(({ refId }) => refId)).toContain(condition);
      const [question] = data;
      expect(question?.datasourceUid).toBe('holdfast-timescaledb');
      const view = { from: new Date(0), to: new Date(), intervalMs: 1, variables: {} };
      expect(() => parseSync(interpolateSql(question?.model.rawSql ?? '', view))).not.toThrow();
    }
  });
});

describe('provisioning', () => {
  const files = provisioningFiles();

  it('is YAML of version 1', () => {
    expect(files.length).toBeGreaterThan(1);
    for (const { path, content } of files) expect(content, path).toMatchObject({ apiVersion: 1 });
  });

  it('has no $ that Grafana would take for a variable by mistake', () => {
    const known = new Set([...COMPOSE_ENVIRONMENT, 'GF_PATHS_PROVISIONING', '__env']);
    for (const { path, text } of files) {
      if (path.endsWith('alerting/rules.yml')) {
        // Annotations and queries of rules are taken as they are: a doubled one would reach the database.
        expect(text).not.toContain('$$');
        continue;
      }
      const lines = text.split('\n').filter((line) => !/^\s*#/.test(line));
      const rest = lines.join('\n').replaceAll('$$', '');
      for (const [, env, bare] of rest.matchAll(/\$(?:__env)?(?:\{(\w+)\}|(\w+))/g))
        expect(known, `${path}: $${env ?? bare}`).toContain(env ?? bare);
    }
  });

  it('keeps people from changing in Grafana what is in files', () => {
    const boardsFile = files.find(({ path }) => path.endsWith('dashboards/holdfast.yml'));
    expect(boardsFile?.content).toMatchObject({
      providers: [{ allowUiUpdates: false, disableDeletion: true, type: 'file' }],
    });
  });
});

/** What docker-compose.yml gives to Grafana. */
const COMPOSE_ENVIRONMENT: readonly string[] = (() => {
  const text = readFileSync(join(projectRoot, 'docker-compose.yml'), 'utf8');
  const [, service = ''] = text.split('\n  grafana:\n');
  return [...(service.split('\nsecrets:')[0] ?? '').matchAll(/^ {6}([A-Z_]+):/gm)].map(
    ([, name = '']) => name,
  );
})();

it('finds what is wrong in a query', () => {
  expect(promqlProblems('sum(rate(a[5m])')).not.toEqual([]);
  expect(() => parseSync('SELECT FROM WHERE')).toThrow();
  const view = { from: new Date(0), to: new Date(0), intervalMs: 1, variables: { a: ["x'y", 'z'] } };
  expect(interpolateSql('SELECT ${a:sqlstring}', view)).toBe("SELECT 'x''y','z'");
  expect(() => interpolateSql('SELECT $b', view)).toThrow('$b is no variable');
});
