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

  it('wants steps of detection of which a whole number makes an hour', () => {
    expect(loadConfig({ HOLDFAST_DETECTION_STEP_SECONDS: '900' }).detectionStep).toBe(900_000_000);
    for (const seconds of ['7', '420', '7200'])
      expect(() => loadConfig({ HOLDFAST_DETECTION_STEP_SECONDS: seconds })).toThrow(
        /HOLDFAST_DETECTION_STEP_SECONDS must/,
      );
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

  it('wants webhooks to be signed, unless none is sent', () => {
    const url = { HOLDFAST_WEBHOOK_SELLER_URL: 'https://sellers.example/hook' };
    expect(problemsOf(url)).toEqual([
      'HOLDFAST_WEBHOOK_SECRET is missing, HOLDFAST_WEBHOOK_SELLER_URL needs it, or set HOLDFAST_WEBHOOK_DRY_RUN=true',
    ]);
    expect(loadConfig({ ...url, HOLDFAST_WEBHOOK_DRY_RUN: 'true' }).webhooks).toMatchObject({
      targets: ['customer', 'seller'],
      dryRun: true,
    });
    const [first, second] = [Buffer.alloc(24, 1), Buffer.alloc(64, 2)];
    const secrets = [first, second].map((key) => `whsec_${key.toString('base64')}`).join(' ');
    expect(loadConfig({ ...url, HOLDFAST_WEBHOOK_SECRET: secrets }).webhooks).toEqual({
      targets: ['seller'],
      receivers: [],
      urls: new Map([['seller', 'https://sellers.example/hook']]),
      secrets: [first, second],
      dryRun: false,
    });
    expect(loadConfig({}).webhooks).toMatchObject({ targets: [], dryRun: false });
  });

  it.each([
    'hunter2',
    'whsec_hunter2',
    `whsec_${'A'.repeat(31)}`,
    `whsec_${Buffer.alloc(65).toString('base64')}`,
  ])('refuses the webhook secret %s without repeating it', (secret) => {
    const [problem, ...more] = problemsOf({ HOLDFAST_WEBHOOK_SECRET: secret });
    expect(more).toEqual([]);
    expect(problem).toMatch(/^HOLDFAST_WEBHOOK_SECRET must be whsec_ and base64/);
    expect(problem).not.toContain(secret);
  });

  it('reads where weather, traffic and services are asked', () => {
    const weather = 'https://weather.example/?q={region}&at={at}';
    expect(
      loadConfig({
        HOLDFAST_WEATHER_URL: weather,
        HOLDFAST_HEALTH_URLS:
          'routing=https://routing.example/health?deep=1, payments-card=http://pay.example/',
      }).sources,
    ).toEqual({
      weather,
      traffic: null,
      health: new Map([
        ['routing', 'https://routing.example/health?deep=1'],
        ['payments-card', 'http://pay.example/'],
      ]),
    });
  });

  it.each([
    ['HOLDFAST_WEATHER_URL', 'https://weather.example/'],
    ['HOLDFAST_TRAFFIC_URL', '{region}'],
    ['HOLDFAST_WEATHER_URL', 'https://{region}/weather'],
    ['HOLDFAST_WEATHER_URL', 'https://weather.example:{region}/'],
    ['HOLDFAST_TRAFFIC_URL', 'https://me:hunter2@traffic.example/{region}'],
    ['HOLDFAST_HEALTH_URLS', 'https://routing.example/health'],
    ['HOLDFAST_HEALTH_URLS', 'routing=routing.example,'],
    ['HOLDFAST_HEALTH_URLS', 'a b=https://routing.example/'],
  ])('refuses %s=%s without repeating it', (name, value) => {
    const problems = problemsOf({ [name]: value });
    expect(problems).toHaveLength(1);
    expect(problems[0]).toMatch(new RegExp(`^${name} must be `));
    expect(problems[0]).not.toContain('hunter2');
  });

  it('refuses credentials in the address of a webhook', () => {
    const env = {
      HOLDFAST_WEBHOOK_DRY_RUN: '1',
      HOLDFAST_WEBHOOK_CUSTOMER_URL: 'https://shop:hunter2@shop.example/',
    };
    expect(problemsOf(env)).toEqual([
      'HOLDFAST_WEBHOOK_CUSTOMER_URL must have no user name and password: webhooks are signed instead',
    ]);
  });
});
