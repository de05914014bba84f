import { existsSync, readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { projectRoot } from '../../stack/install/paths.mjs';
import { alertRules, allRules, ruleTests } from '../support/alert-rules.ts';
import { metricLookup } from '../support/known-metrics.ts';
import { metricsOf, promqlProblems } from '../support/promql.ts';
import { describeWithTools, runTool } from '../support/tools.ts';

const rules = allRules();
const alerts = alertRules();
const filesIn = (folder: string, extension: string): string[] =>
  readdirSync(join(projectRoot, folder), { recursive: true, encoding: 'utf8' })
    .filter((file) => file.endsWith(extension))
    .map((file) => `${folder}/${file}`)
    .toSorted();

const read = (file: string): string => readFileSync(join(projectRoot, file), 'utf8');

describe('the rules of Prometheus', () => {
  it('are many, and each can be parsed', () => {
    expect(alerts.length).toBeGreaterThan(20);
    for (const { expr, file } of rules) expect(promqlProblems(expr), `${file}\n${expr}`).toEqual([]);
  });

  it('read only metrics that there are', () => {
    const isKnown = metricLookup();
    for (const { expr, file } of rules)
      for (const metric of metricsOf(expr)) expect(isKnown(metric), `${file}: ${metric}`).toBe(true);
  });

  it.each(alerts.map((rule) => [`${rule.alert} (${rule.labels.severity})`, rule] as const))(
    '%s says all that whoever is woken needs',
    (_name, { alert, labels, annotations }) => {
      expect(labels.severity).toMatch(/^(critical|warning|info|none)$/);
      expect(annotations.summary?.length).toBeGreaterThan(10);
      expect(annotations.summary).not.toMatch(/\.$/);
      expect(annotations.description?.length).toBeGreaterThan(annotations.summary?.length ?? 0);
      expect(annotations.runbook_url).toBe(`docs/runbooks/${alert}.md`);
      expect(existsSync(join(projectRoot, annotations.runbook_url ?? ''))).toBe(true);
      expect(annotations.dashboard_uid).toMatch(/^holdfast-[a-z-]+$/);
    },
  );

  it('point to dashboards that are there', () => {
    const boards = filesIn('grafana', '.json')
      .map((file) => JSON.parse(read(file)) as { uid?: string })
      .map(({ uid }) => uid);
    expect(boards.length).toBeGreaterThan(5);
    expect(
      alerts.map(({ annotations }) => annotations.dashboard_uid).filter((uid) => !boards.includes(uid)),
    ).toEqual([]);
  });

  it('use no template label that the alert does not have: labels of the rule are not in $labels', () => {
    for (const { annotations, labels, alert } of alerts)
      for (const [, used = ''] of Object.values(annotations)
        .join(' ')
        .matchAll(/\$labels\.(\w+)/g))
        expect(Object.keys(labels), alert).not.toContain(used);
  });

  it('each have a test that fires and one that does not; what always fires needs none', () => {
    const tests = ruleTests();
    for (const { alert, expr } of alerts) {
      const own = tests.filter((one) => one.alert === alert).map(({ fires }) => fires);
      expect(own, alert).toContain(true);
      if (expr !== 'vector(1)') expect(own, alert).toContain(false);
    }
    const names = new Set(alerts.map(({ alert }) => alert));
    expect(tests.filter(({ alert }) => !names.has(alert))).toEqual([]);
  });

  it('do not sum up what several processors report of the same partition', () => {
    const perPartition = /sum[^(]*\(\s*holdfast_(consumer_lag|topic_end_offset)/;
    expect(rules.filter(({ expr }) => perPartition.test(expr))).toEqual([]);
  });
});

describeWithTools('promtool', ['promtool'], () => {
  const ruleFiles = filesIn('prometheus/rules', '.yml');
  const testFiles = filesIn('prometheus/tests', '.yml');

  it('accepts the rules, lint included', () => {
    const { status, stdout, stderr } = runTool('promtool', [
      'check',
      'rules',
      '--lint=all',
      '--lint-fatal',
      ...ruleFiles,
    ]);
    expect(`${stdout}${stderr}`).not.toMatch(/FAILED|lint error/);
    expect(status).toBe(0);
  });

  it('accepts the configuration', () => {
    const { status, stdout, stderr } = runTool('promtool', ['check', 'config', 'prometheus/prometheus.yml']);
    expect(`${stdout}${stderr}`).toContain(`${ruleFiles.length} rule files found`);
    expect(status).toBe(0);
  });

  it.each(testFiles)('finds the rules to behave as %s says', (file) => {
    const { status, stdout, stderr } = runTool('promtool', ['test', 'rules', file]);
    expect(status, `${stdout}${stderr}`).toBe(0);
  });

  it('would notice a rule that behaves otherwise', () => {
    const text = read('prometheus/tests/storage.yml').replace('"400x30"', '"40x30"');
    const changed = text.replaceAll('../rules/', join(projectRoot, 'prometheus/rules/'));
    const { status } = runTool('promtool', ['test', 'rules', '/dev/stdin'], { input: changed });
    expect(changed).not.toBe(read('prometheus/tests/storage.yml'));
    expect(status).not.toBe(0);
  });
});
