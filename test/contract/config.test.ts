import { spawn } from 'node:child_process';
import { createServer } from 'node:net';
import { expect, test } from 'vitest';
import { projectRoot } from '../../stack/install/paths.mjs';
import { freePorts } from '../../stack/start/ports.ts';
import { eventually } from '../support/eventually.ts';

const TIMEOUT_MS = 180_000;
const SECRETS = {
  DATABASE_URL: 'postgres://holdfast:hunter2database@127.0.0.1:1/none',
  KAFKA_SASL_MECHANISM: 'scram-sha-256',
  KAFKA_SASL_USERNAME: 'shop',
  KAFKA_SASL_PASSWORD: 'hunter2kafka',
  SLACK_BOT_TOKEN: 'xoxb-hunter2slack',
  SLACK_SIGNING_SECRET: 'hunter2signing',
  SLACK_APP_TOKEN: 'xapp-hunter2app',
  HOLDFAST_API_TOKEN: 'hunter2-api-token-0123456789',
};

interface Run {
  readonly output: () => string;
  readonly exit: Promise<number | null>;
  readonly end: () => void;
}

/** Runs a program of package.json with these settings and none of the environment's own. */
function run(script: 'processor' | 'migrate', settings: Readonly<Record<string, string>>): Run {
  const { PATH, HOME } = process.env;
  const child = spawn('npm', ['run', '--silent', script], {
    cwd: projectRoot,
    env: { PATH, HOME, ...settings },
    stdio: ['ignore', 'pipe', 'pipe'],
  });
  let output = '';
  for (const stream of [child.stdout, child.stderr]) {
    stream.setEncoding('utf8').on('data', (text: string) => {
      output += text;
    });
  }
  return {
    output: () => output,
    exit: new Promise((resolve) => child.once('close', resolve)),
    end: () => void child.kill('SIGTERM'),
  };
}

function expectNoSecret(output: string): void {
  expect(output).not.toContain('hunter2');
}

const WRONG: Readonly<Record<string, string>> = {
  HOLDFAST_TYPO: '1',
  HOLDFAST_TOPIC_ORDERS: 'no topic name',
  DATABASE_URL: 'mysql://root:hunter2mysql@db/none',
  KAFKA_BROKERS: 'nowhere',
  KAFKA_SSL: 'maybe',
  PROCESSOR_PORT: '99999',
  HOLDFAST_TZ: 'Asia/Soul',
  HOLDFAST_LOCALE: 'fr',
  HOLDFAST_BATCH_SIZE: '0',
  HOLDFAST_HOLD_USER_WINDOW_SECONDS: '-1',
  HOLDFAST_API_TOKEN: 'hunter2short',
  OTEL_EXPORTER_OTLP_ENDPOINT: 'collector:4318',
};

test.each(['processor', 'migrate'] as const)(
  'npm run %s says all that is wrong at once and ends with status 78',
  async (script) => {
    const { output, exit } = run(script, { ...SECRETS, ...WRONG });
    expect(await exit).toBe(78);
    const lines = output().split('\n');
    for (const name of Object.keys(WRONG)) {
      const own = lines.filter((line) => line.startsWith(`  - ${name} `));
      expect(own, name).toHaveLength(1);
      expect(own[0], name).toMatch(/must|is not a setting|may have/);
    }
    expect(output()).toContain(`${Object.keys(WRONG).length} problems`);
    expect(output()).not.toMatch(/^\s+at /m);
    expectNoSecret(output());
  },
  TIMEOUT_MS,
);

test(
  'one problem is one problem',
  async () => {
    const { output, exit } = run('processor', { KAFKA_SASL_MECHANISM: 'plain', KAFKA_SASL_USERNAME: 'shop' });
    expect(await exit).toBe(78);
    expect(output()).toContain('KAFKA_SASL_PASSWORD is missing');
    expect(output()).toContain('The configuration has a problem:');
  },
  TIMEOUT_MS,
);

test(
  'a processor that reaches neither database nor broker logs no secret, at any level, and stops cleanly',
  async () => {
    const [port, broker] = (await freePorts(2)) as [number, number];
    const { output, exit, end } = run('processor', {
      ...SECRETS,
      KAFKA_BROKERS: `127.0.0.1:${broker}`,
      PROCESSOR_PORT: String(port),
      HOLDFAST_LOG_LEVEL: 'trace',
    });
    await eventually('a failed attempt', () => output().includes('Kafka is not there yet'));
    await eventually(
      'an answer',
      async () => (await fetch(`http://127.0.0.1:${port}/readyz`)).status === 503,
    );
    await fetch(`http://127.0.0.1:${port}/api/v1/orders/o1`);
    await fetch(`http://127.0.0.1:${port}/metrics`);
    end();
    expect(await exit).toBe(0);
    expectNoSecret(output());
  },
  TIMEOUT_MS,
);

test(
  'a migration that cannot reach its database says so without the password',
  async () => {
    const { output, exit } = run('migrate', SECRETS);
    expect(await exit).toBe(1);
    expect(output()).toContain('Is the database of DATABASE_URL running?');
    expectNoSecret(output());
  },
  TIMEOUT_MS,
);

test(
  'a taken port is named with its variable',
  async () => {
    const [port] = (await freePorts(1)) as [number];
    const server = createServer();
    await new Promise<void>((resolve) => server.listen(port, '127.0.0.1', resolve));
    try {
      const { output, exit } = run('processor', { ...SECRETS, PROCESSOR_PORT: String(port) });
      expect(await exit).toBe(1);
      expect(output()).toContain(`Port ${port} is taken: set PROCESSOR_PORT`);
      expectNoSecret(output());
    } finally {
      server.close();
    }
  },
  TIMEOUT_MS,
);
