import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { parse } from 'yaml';
import { projectRoot } from '../../stack/install/paths.mjs';

export interface AlertRule {
  readonly file: string;
  readonly alert: string;
  readonly expr: string;
  readonly labels: Readonly<Record<string, string>>;
  readonly annotations: Readonly<Record<string, string>>;
}

export interface RuleTest {
  readonly alert: string;
  readonly fires: boolean;
}

const folder = (name: string) => join(projectRoot, 'prometheus', name);

function files<T>(name: string): { file: string; content: T }[] {
  return readdirSync(folder(name))
    .filter((file) => file.endsWith('.yml'))
    .map((file) => ({
      file: `prometheus/${name}/${file}`,
      content: parse(readFileSync(join(folder(name), file), 'utf8')) as T,
    }));
}

/** Every rule of `prometheus/rules`, recording ones too. */
export function allRules(): { file: string; expr: string; record?: string; alert?: string }[] {
  return files<{ groups: { rules: { expr: string; record?: string; alert?: string }[] }[] }>('rules').flatMap(
    ({ file, content }) => content.groups.flatMap(({ rules }) => rules.map((rule) => ({ ...rule, file }))),
  );
}

export function alertRules(): AlertRule[] {
  return allRules()
    .filter((rule) => rule.alert !== undefined)
    .map((rule) => ({ labels: {}, annotations: {}, ...rule }) as AlertRule);
}

/** Every case of `prometheus/tests`. */
export function ruleTests(): RuleTest[] {
  type Case = { alertname: string; exp_alerts: unknown[] };
  return files<{ tests: { alert_rule_test?: Case[] }[] }>('tests').flatMap(({ content }) =>
    content.tests.flatMap(({ alert_rule_test = [] }) =>
      alert_rule_test.map(({ alertname, exp_alerts }) => ({
        alert: alertname,
        fires: exp_alerts.length > 0,
      })),
    ),
  );
}
