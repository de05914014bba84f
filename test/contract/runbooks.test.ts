import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import type pg from 'pg';
import { beforeAll, describe, expect, it } from 'vitest';
import { projectRoot } from '../../stack/install/paths.mjs';
import { alertRules } from '../support/alert-rules.ts';
import { freshDatabase } from '../support/database.ts';
import { grafanaRules } from '../support/grafana/provisioned.ts';
import { metricLookup } from '../support/known-metrics.ts';
import { metricsOf, promqlProblems } from '../support/promql.ts';

const FOLDER = join(projectRoot, 'docs', 'runbooks');
const SECTIONS = ['What the user feels', 'First three checks', 'What to do', 'How to know it is over'];

const names = readdirSync(FOLDER).map((file) => file.replace(/\.md$/, ''));
const textOf = (name: string): string => readFileSync(join(FOLDER, `${name}.md`), 'utf8');

/** Blocks of one language, without the indentation of the list they stand in. */
function blocks(name: string, language: string): string[] {
  const fences = textOf(name).matchAll(new RegExp(`^( *)\`\`\`${language}\\n([\\s\\S]*?)^\\1\`\`\``, 'gm'));
  return [...fences].map(([, , body = '']) => body.replace(/^ +/gm, '').trim());
}

it('there is a runbook for every alert, and no other', () => {
  const alerts = [
    ...new Set([...alertRules().map(({ alert }) => alert), ...grafanaRules().map(({ title }) => title)]),
  ];
  expect(names.toSorted()).toEqual(alerts.toSorted());
});

describe.each(names)('the runbook of %s', (name) => {
  let pool: pg.Pool;
  beforeAll(async () => {
    pool = await shared();
  });

  it('has its parts, short enough to be read at night', () => {
    const text = textOf(name);
    expect(text.startsWith(`# ${name}\n`)).toBe(true);
    const headings = [...text.matchAll(/^## (.+)$/gm)].map(([, heading]) => heading);
    expect(headings).toEqual(SECTIONS);
    const checks = text.split('## First three checks\n')[1]?.split('\n## ')[0] ?? '';
    expect(checks.match(/^\d\. /gm)).toEqual(['1. ', '2. ', '3. ']);
    expect(text.split(/\s+/).length).toBeLessThan(450);
  });

  it('has queries for Prometheus that it understands, over metrics there are', () => {
    const isKnown = metricLookup();
    for (const query of blocks(name, 'promql')) {
      expect(promqlProblems(query), query).toEqual([]);
      for (const metric of metricsOf(query)) expect(isKnown(metric), metric).toBe(true);
    }
  });

  it('has queries for the database that run', async () => {
    for (const query of blocks(name, 'sql'))
      await pool.query(query).catch((error: Error) => expect.fail(`${error.message}\n${query}`));
  });

  it('has something to look at in each of its checks', () => {
    const all = ['promql', 'sql', 'sh'].flatMap((language) => blocks(name, language));
    expect(all.length).toBeGreaterThanOrEqual(3);
  });

  it('names no command of npm that there is not', () => {
    const { scripts } = JSON.parse(readFileSync(join(projectRoot, 'package.json'), 'utf8')) as {
      scripts: Record<string, string>;
    };
    for (const [, script = ''] of textOf(name).matchAll(/npm run ([\w-]+)/g))
      expect(Object.keys(scripts)).toContain(script);
  });
});

let opening: Promise<pg.Pool> | undefined;

function shared(): Promise<pg.Pool> {
  opening ??= freshDatabase().then((database) => database.pool());
  return opening;
}
