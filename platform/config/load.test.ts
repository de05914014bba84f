import { describe, expect, it } from 'vitest';
import { ConfigError } from './config-error.ts';
import { type Environment, loadConfig } from './load.ts';

function problemsOf(env: Environment): readonly string[] {
  try {
    loadConfig(env);
    return [];
  } catch (error) {
    if (error instanceof ConfigError) return error.problems;
    throw error;
  }
}

describe('loadConfig', () => {
  it('needs nothing: the embedded stack is the default', () => {
    const config = loadConfig({});
    expect(config.database).toMatchObject({
      url: 'postgres://postgres@127.0.0.1:55432/postgres',
      embedded: true,
    });
    expect(config.kafka).toMatchObject({ brokers: ['127.0.0.1:59092'], embedded: true });
    expect(config.timeZone).toBe('Asia/Seoul');
    expect(config.tracesEndpoint).toBeNull();
  });

  it('lists every problem at once', () => {
    const problems = problemsOf({
      HOLDFAST_TYPO: '1',
      DATABASE_URL: 'mysql://x',
      KAFKA_BROKERS: 'nowhere',
      HOLDFAST_TZ: 'Asia/Soul',
      KAFKA_SASL_MECHANISM: 'plain',
      PROCESSOR_PORT: '99999',
    });
    expect(problems.join('\n')).toContain('HOLDFAST_TYPO is not a setting of Holdfast');
    for (const name of ['DATABASE_URL', 'KAFKA_BROKERS', 'HOLDFAST_TZ', 'PROCESSOR_PORT']) {
      expect(problems.some((problem) => problem.startsWith(name))).toBe(true);
    }
  });

  it('names a missing secret, and the value of none', () => {
    const problems = problemsOf({
      KAFKA_SASL_MECHANISM: 'plain',
      KAFKA_SASL_USERNAME: 'shop',
      SLACK_BOT_TOKEN: 'xoxb-1',
    });
    expect(problems).toEqual([
      'KAFKA_SASL_PASSWORD is missing, KAFKA_SASL_MECHANISM needs it',
      'SLACK_SIGNING_SECRET (or SLACK_APP_TOKEN for Socket Mode) is missing, SLACK_BOT_TOKEN needs it',
    ]);
  });

  it('finds two servers on one port', () => {
    expect(problemsOf({ PROCESSOR_PORT: '3400' })).toEqual([
      'ALERTBOT_PORT is 3400, and so is PROCESSOR_PORT: change one of them',
    ]);
  });

  it('treats an empty variable as not set', () => {
    expect(loadConfig({ DATABASE_URL: '', HOLDFAST_TYPO: '' }).database.embedded).toBe(true);
  });

  it('applies the prefix to every topic but a mapped one', () => {
    const { topics } = loadConfig({
      KAFKA_TOPIC_PREFIX: 'shop.',
      HOLDFAST_TOPIC_ORDERS: 'legacy-orders',
    }).kafka;
    expect(topics.orders).toBe('legacy-orders');
    expect(topics['dead-letters']).toBe('shop.dead-letters');
  });
});
