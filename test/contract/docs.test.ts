import { existsSync, readdirSync, readFileSync } from 'node:fs';
import { basename, dirname, join, relative } from 'node:path';
import { Registry } from 'prom-client';
import { describe, expect, it } from 'vitest';
import { createDeliveryMetrics, registerBacklogGauges } from '../../alertbot/delivery/metrics.ts';
import { createAlertbotMetrics } from '../../alertbot/metrics.ts';
import { systemClock } from '../../platform/clock/clock.ts';
import { TOPICS, topicVariable, variables } from '../../platform/config/variables.ts';
import type { Database } from '../../platform/database/database.ts';
import { ErrorCounts } from '../../platform/errors/error-counts.ts';
import { createLogger } from '../../platform/logger/logger.ts';
import { countErrors } from '../../platform/metrics/count-errors.ts';
import { createRegistry } from '../../platform/metrics/registry.ts';
import { ProcessorHealth } from '../../processor/health.ts';
import { registerGauges } from '../../processor/lag/database-gauges.ts';
import { createProcessorMetrics } from '../../processor/metrics.ts';
import { projectRoot } from '../../stack/install/paths.mjs';
import { freshDatabase } from '../support/database.ts';

const NOT_OURS: ReadonlySet<string> = new Set(['node_modules', 'dist', 'coverage']);

/** Made when something runs, so not there in a fresh checkout. */
const MADE_LATER = /^(\.holdfast|dist)\b|^\.env$/;

/** Documents may say that these are not there yet. */
const ANNOUNCED: readonly string[] = [];

function filesBelow(folder: string): string[] {
  return readdirSync(folder, { withFileTypes: true }).flatMap((entry) => {
    const path = join(folder, entry.name);
    if (!entry.isDirectory()) return [relative(projectRoot, path)];
    return NOT_OURS.has(entry.name) || /^\.(?!ci$)/.test(entry.name) ? [] : filesBelow(path);
  });
}

const files = filesBelow(projectRoot);
const baseNames = new Set(files.map((file) => basename(file)));
const topLevel = new Set(files.map((file) => file.split('/')[0] ?? ''));
const documents = files.filter((file) => file.endsWith('.md'));

const read = (file: string): string => readFileSync(join(projectRoot, file), 'utf8');

/** The text of a section, sub-sections included. */
function section(file: string, heading: string): string {
  const [, after] = read(file).split(`\n## ${heading}\n`);
  if (after === undefined) throw new Error(`${file} has no section ${heading}`);
  return after.split('\n## ')[0] ?? '';
}

/** Cells of the rows of all tables, heads and rules left out. */
function rows(text: string): string[][] {
  const lines = text.split('\n').filter((line) => line.startsWith('|'));
  return lines
    .filter((line, index) => !/^\|[-|]+$/.test(line) && !/^\|[-|]+$/.test(lines[index + 1] ?? ''))
    .map((line) => line.slice(1, -1).split('|'))
    .map((cells) => cells.map((cell) => cell.trim()));
}

const unquoted = (cell: string): string => cell.replaceAll('`', '');

describe('docs/configuration.md', () => {
  const [ours = ''] = read('docs/configuration.md').split('\n## For tests\n');
  const documented = new Map(rows(ours).map(([name = '', byDefault = '']) => [unquoted(name), byDefault]));

  it('has every variable, and no other', () => {
    const known = [...Object.keys(variables.shape), ...TOPICS.map(topicVariable)];
    expect([...documented.keys()].toSorted()).toEqual(known.toSorted());
  });

  it('has the defaults of the schema', () => {
    const defaults = Object.entries(variables.parse({})).filter(([, value]) => value !== undefined);
    expect(defaults.length).toBeGreaterThan(20);
    for (const [name, value] of defaults)
      expect(`${name} ${unquoted(documented.get(name) ?? '')}`).toBe(`${name} ${value}`);
    for (const topic of TOPICS)
      expect(unquoted(documented.get(topicVariable(topic)) ?? `no ${topic}`)).toBe(topic);
  });
});

describe('docs/contracts.md', () => {
  it('has every metric with its labels, and no other', () => {
    const registry = createRegistry('processor', '0');
    createProcessorMetrics(registry);
    countErrors(registry, new ErrorCounts('processor', Date.now));
    registerGauges({
      registry,
      database: {} as Database,
      logger: createLogger({ program: 'test', level: 'silent' }),
      health: new ProcessorHealth(),
      clock: systemClock,
    });
    const registered = registry
      .getMetricsAsArray()
      .map((metric) => metric as unknown as { name: string; labelNames: string[] })
      .filter(({ name }) => name.startsWith('holdfast_'))
      .map(({ name, labelNames }) => `${name}: ${labelNames.toSorted().join(' ')}`);
    const documented = rows(section('docs/contracts.md', 'Metrics')).map(([name = '', kind = '']) => {
      const [, ...labels] = kind.split(', ');
      return `${unquoted(name)}: ${labels.toSorted().join(' ')}`;
    });
    expect(documented.toSorted()).toEqual(registered.toSorted());
  });

  it('has every metric of the alertbot with its labels, and no other', () => {
    const registry = new Registry();
    createAlertbotMetrics(registry);
    createDeliveryMetrics(registry);
    registerBacklogGauges(registry, {} as Database, systemClock);
    const documented = rows(section('docs/contracts.md', 'Metrics of the alertbot')).map(
      ([name = '', kind = '']) => {
        const [, ...labels] = kind.split(', ');
        return `${unquoted(name)}: ${labels.toSorted().join(' ')}`;
      },
    );
    const registered = registry
      .getMetricsAsArray()
      .map((metric) => metric as unknown as { name: string; labelNames: string[] })
      .map(({ name, labelNames }) => `${name}: ${labelNames.toSorted().join(' ')}`);
    expect(documented.toSorted()).toEqual(registered.toSorted());
  });

  it('has every topic', () => {
    const documented = rows(section('docs/contracts.md', 'Topics')).map(([name = '']) => unquoted(name));
    expect(documented.toSorted()).toEqual([...TOPICS].toSorted());
  });

  it('has every table and view of the schema', async () => {
    const pool = (await freshDatabase()).pool();
    const { rows: found } = await pool.query<{ name: string }>(
      `SELECT c.relname AS name FROM pg_class c
       WHERE c.relnamespace = 'public'::regnamespace AND c.relkind IN ('r', 'p', 'v')
         AND NOT EXISTS (SELECT FROM timescaledb_information.continuous_aggregates a WHERE a.view_name = c.relname)
         AND NOT EXISTS (SELECT FROM pg_depend d WHERE d.objid = c.oid AND d.deptype = 'e')`,
    );
    const text = section('docs/contracts.md', 'Tables and views');
    expect(found.length).toBeGreaterThan(20);
    expect(found.map(({ name }) => name).filter((name) => !text.includes(`\`${name}\``))).toEqual([]);
  });
});

/** As GitHub makes anchors of headings. */
function anchors(file: string): Set<string> {
  const withoutCode = read(file).replaceAll(/^```[\s\S]*?^```/gm, '');
  const headings = withoutCode.match(/^#+ .*$/gm) ?? [];
  return new Set(
    headings.map((heading) =>
      heading
        .replace(/^#+ /, '')
        .toLowerCase()
        .replaceAll(/[^\p{L}\p{N}_ -]/gu, '')
        .replaceAll(' ', '-'),
    ),
  );
}

function deadLinks(file: string): string[] {
  const links = [...read(file).matchAll(/\]\(([^)\s]+)\)|^\[[^\]]+\]: (\S+)$/gm)];
  return links
    .map((match) => match[1] ?? match[2] ?? '')
    .filter((target) => !/^[a-z]+:/.test(target))
    .filter((target) => {
      const [path = '', anchor] = target.split('#');
      const linked = path === '' ? file : join(dirname(file), path);
      if (!existsSync(join(projectRoot, linked))) return true;
      return anchor !== undefined && !anchors(linked).has(anchor);
    });
}

/** Inline code that names a file or folder of this repository, or means to. */
function mentionedPaths(file: string): string[] {
  const codes = [...read(file).matchAll(/`([^`\n]+)`/g)].map(([, code = '']) => code);
  return codes.filter((code) => {
    if (!/^[\w.-]+(\/[\w.-]+)*\/?$/.test(code) || code.includes('NNNN') || MADE_LATER.test(code))
      return false;
    const hasExtension = /\.(ts|mjs|md|sql|ya?ml|json|sh|xml|example)$/.test(code);
    return (
      hasExtension || (code.includes('/') && (code.endsWith('/') || topLevel.has(code.split('/')[0] ?? '')))
    );
  });
}

function isThere(file: string, path: string): boolean {
  const places = [path, join(dirname(file), path)];
  if (places.some((place) => existsSync(join(projectRoot, place)))) return true;
  return (!path.includes('/') && baseNames.has(path)) || ANNOUNCED.includes(path);
}

describe.each(documents)('%s', (file) => {
  it('names scripts, files and headings that exist', () => {
    const { scripts } = JSON.parse(read('package.json')) as { scripts: Record<string, string> };
    const named = [...read(file).matchAll(/\bnpm (?:run (?:-s )?([a-z-]+)|(start|test)\b)/g)].map(
      (match) => match[1] ?? match[2] ?? '',
    );
    expect(named.filter((name) => !(name in scripts))).toEqual([]);
    expect(deadLinks(file)).toEqual([]);
    expect(mentionedPaths(file).filter((path) => !isThere(file, path))).toEqual([]);
  });
});

it('finds what is wrong in a document', () => {
  expect(mentionedPaths('ARCHITECTURE.md').length).toBeGreaterThan(50);
  expect(isThere('README.md', 'domain/nothing.ts')).toBe(false);
  expect(anchors('docs/contracts.md')).toContain('rollups-and-metrics_window');
});

it('announces no file as missing that is there', () => {
  expect(ANNOUNCED.filter((path) => files.includes(path))).toEqual([]);
});

/** Statements in fences marked sql, and in indented blocks that begin like one. */
function statements(file: string): string[] {
  const fenced = [...read(file).matchAll(/^```sql\n([\s\S]*?)^```/gm)].map(([, text = '']) => text);
  const indented = (read(file).match(/(?:^ {4}.*\n)+/gm) ?? [])
    .map((block) => block.replaceAll(/^ {4}/gm, ''))
    .filter((block) => /^(SELECT|WITH|UPDATE|CALL|BEGIN)\b/.test(block));
  return [...fenced, ...indented];
}

it('shows only SQL that runs', async () => {
  const pool = (await freshDatabase()).pool({ max: 1 });
  const all = documents.flatMap(statements);
  expect(all.length).toBeGreaterThan(8);
  for (const text of all)
    await pool.query(text).catch((error: Error) => expect.fail(`${error.message}\n${text}`));
});
