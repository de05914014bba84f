import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { parse } from 'yaml';
import { projectRoot } from '../../stack/install/paths.mjs';
import { alertRules } from '../support/alert-rules.ts';
import { describeWithTools, runTool } from '../support/tools.ts';

const FILE = 'prometheus/alertmanager.yml';
const text = readFileSync(join(projectRoot, FILE), 'utf8');
const config = parse(text) as {
  receivers: {
    name: string;
    slack_configs?: unknown;
    webhook_configs?: { url: string; http_config?: object }[];
  }[];
};

describe(FILE, () => {
  it('has a second path that is not Slack and not the alertbot', () => {
    const second = config.receivers.find(({ name }) => name === 'second-path');
    expect(Object.keys(second ?? {}).filter((key) => key.endsWith('_configs')).length).toBeGreaterThan(0);
    expect(second?.slack_configs).toBeUndefined();
    for (const { url } of second?.webhook_configs ?? []) expect(url).not.toContain('alertbot');
  });

  it('shows a token, from a file, to each of our webhooks', () => {
    const webhooks = config.receivers.flatMap(({ webhook_configs = [] }) => webhook_configs);
    for (const { http_config } of webhooks)
      expect(http_config).toEqual({
        authorization: { type: 'Bearer', credentials_file: '/run/secrets/alertmanager_webhook_token' },
      });
  });
});

const SECOND_PATH_ONLY = ['AlertbotDown', 'SlackDeliveryFailing'];

describeWithTools('amtool', ['amtool'], () => {
  const receivers = (labels: Readonly<Record<string, string>>): string[] => {
    const matchers = Object.entries(labels).map(([name, value]) => `${name}=${value}`);
    const { stdout, status } = runTool('amtool', [
      'config',
      'routes',
      'test',
      `--config.file=${FILE}`,
      ...matchers,
    ]);
    expect(status).toBe(0);
    return stdout.trim().split(',');
  };

  it('accepts the configuration', () => {
    const { status, stdout } = runTool('amtool', ['check-config', FILE]);
    expect(stdout).toContain('2 receivers');
    expect(status).toBe(0);
  });

  it('refuses a broken one', () => {
    const broken = text.replace('receiver: second-path', 'receiver: nobody');
    expect(runTool('amtool', ['check-config', '/dev/stdin'], { input: broken }).status).not.toBe(0);
  });

  it.each(alertRules().map(({ alert, labels }) => [alert, labels] as const))(
    'sends %s (%o) where it belongs',
    (alert, labels) => {
      const expected =
        alert === 'Watchdog'
          ? ['alertbot', 'second-path']
          : SECOND_PATH_ONLY.includes(alert)
            ? ['second-path']
            : ['alertbot'];
      expect(receivers({ alertname: alert, ...labels })).toEqual(expected);
    },
  );
});
