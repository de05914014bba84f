import { expect, it, onTestFinished } from 'vitest';
import { loadConfig } from '../../platform/config/load.ts';
import { createLogger } from '../../platform/logger/logger.ts';
import { startSlackStandin } from '../../stack/slack/start.ts';
import { eventually } from '../../test/support/eventually.ts';
import { AlertbotHealth } from '../health.ts';
import { createSlackClient } from '../slack-client.ts';
import { Operators } from './operators.ts';

const logger = createLogger({ program: 'test', level: 'silent' });

const HOME = 'T0HOLDFAST';
const of = (id: string, team: string | null = HOME) => ({ id, team });

async function stage(group: string | null) {
  const standin = await startSlackStandin({ port: 0, botToken: 'xoxb-1', signingSecret: 's' });
  onTestFinished(standin.stop);
  const { slack } = loadConfig({
    SLACK_BOT_TOKEN: 'xoxb-1',
    SLACK_SIGNING_SECRET: 's',
    SLACK_API_URL: standin.apiUrl,
  });
  if (slack === null) throw new Error('no Slack is configured');
  const health = new AlertbotHealth();
  const operators = new Operators({
    group,
    slack: createSlackClient(slack, logger),
    logger,
    health,
    refreshMs: 20,
    afterFailureMs: 20,
  });
  const calls = () =>
    Object.values(standin.callCounts()['usergroups.users.list'] ?? {}).reduce((sum, count) => sum + count, 0);
  return { standin, operators, health, calls, begin: () => onTestFinished(operators.keepFresh()) };
}

it('lets everybody act where no group is configured, and asks Slack for nothing', async () => {
  const { operators, calls, begin } = await stage(null);
  begin();
  expect(operators.mayAct(of('U0PARK'))).toBe('yes');
  expect(calls()).toBe(0);
});

it('lets nobody of another workspace act who sees the buttons in a shared channel', async () => {
  const { operators } = await stage(null);
  operators.belongTo([HOME, 'E0GROUP']);
  const may = (team: string | null) => operators.mayAct(of('U0PARK', team));
  expect([HOME, 'E0GROUP', null].map(may)).toEqual(['yes', 'yes', 'yes']);
  expect(['T0STRANGER', 'E0STRANGER'].map(may)).toEqual(['no', 'no']);
});

it('lets the members of the group act, and asks Slack never because of a click', async () => {
  const { operators, calls, begin } = await stage('S0OPS');
  expect(operators.mayAct(of('U0KIM'))).toBe('unknown');
  expect(calls()).toBe(0);
  begin();
  await eventually('the list', () => operators.mayAct(of('U0KIM')) === 'yes');
  expect([operators.mayAct(of('U0LEE')), operators.mayAct(of('U0PARK'))]).toEqual(['yes', 'no']);
});

it('lets nobody act while the list could never be read, and says so in readiness', async () => {
  const { standin, operators, health, calls, begin } = await stage('S0OPS');
  standin.faults.set({ kind: 'http', status: 503, method: 'usergroups.users.list' });
  begin();
  await eventually('some tries', () => calls() > 2);
  expect(operators.mayAct(of('U0KIM'))).toBe('unknown');
  expect(health.current.operators).toContain('S0OPS');
  standin.faults.clear();
  await eventually('the list', () => operators.mayAct(of('U0KIM')) === 'yes');
  expect(health.current.operators).toBeUndefined();
});

it('goes on with the last list that could be read', async () => {
  const { standin, operators, health, calls, begin } = await stage('S0OPS');
  begin();
  await eventually('the list', () => operators.mayAct(of('U0KIM')) === 'yes');
  standin.faults.set({ kind: 'ratelimited', retry_after: 1, method: 'usergroups.users.list' });
  const before = calls();
  await eventually('some tries', () => calls() > before + 2);
  expect([operators.mayAct(of('U0KIM')), operators.mayAct(of('U0PARK'))]).toEqual(['yes', 'no']);
  expect(health.current.operators).toBeUndefined();
});
