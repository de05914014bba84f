import { spawn } from 'node:child_process';
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, expect, it } from 'vitest';
import { loadConfig } from '../../platform/config/load.ts';
import { createKafka } from '../../platform/kafka/client.ts';
import { explainKafkaTrouble } from '../../platform/kafka/explain-trouble.ts';
import { createLogger } from '../../platform/logger/logger.ts';
import { projectRoot } from '../../stack/install/paths.mjs';
import { type Authority, authorityMaker } from '../support/certificates.ts';
import { freshDatabase, type TestDatabase } from '../support/database.ts';
import { eventually } from '../support/eventually.ts';
import { freshTopicPrefix } from '../support/kafka.ts';
import { startProcessor } from '../support/processor-process.ts';
import { type SecuredBroker, securedBroker } from '../support/secured-broker.ts';
import { describeWithTools } from '../support/tools.ts';

type Settings = Record<string, string>;

const USER = { name: 'shop', password: 'hunter2-right' };
const WRONG = 'hunter2-wrong';
const NOT_SET = '';

describeWithTools('a Kafka with TLS and logins', ['openssl'], () => {
  const undo: (() => unknown)[] = [];
  let authority: Authority;
  let stranger: Authority;
  let broker: SecuredBroker;
  let login: Settings;
  let database: TestDatabase;

  beforeAll(async () => {
    database = await freshDatabase();
    const make = authorityMaker((step) => void undo.push(step));
    authority = make('authority');
    stranger = make('stranger');
    const certificate = authority.sign('broker', ['127.0.0.1', 'kafka.example']);
    broker = await securedBroker(authority, certificate, USER, (step) => void undo.push(step));
    login = {
      KAFKA_BROKERS: broker.sasl,
      KAFKA_SSL: 'true',
      KAFKA_SSL_CA_FILE: authority.ca,
      KAFKA_SASL_MECHANISM: 'scram-sha-512',
      KAFKA_SASL_USERNAME: USER.name,
      KAFKA_SASL_PASSWORD: USER.password,
    };
  });
  afterAll(async () => {
    for (const step of undo.toReversed()) await step();
  });

  async function connecting(settings: Settings): Promise<string> {
    const { kafka } = loadConfig(settings);
    const logger = createLogger({ program: 'test', level: 'silent' });
    const admin = createKafka(kafka, 'test', logger).admin({ retry: { retries: 0 } });
    try {
      await admin.connect();
      await admin.listTopics();
      return 'let in';
    } catch (error) {
      return explainKafkaTrouble(error, kafka);
    } finally {
      await admin.disconnect().catch(() => undefined);
    }
  }

  it('lets in who has the right ones, and says of everybody else what to correct', async () => {
    const client = authority.sign('client');
    const alien = stranger.sign('alien');
    const mutual = { KAFKA_BROKERS: broker.mutual, KAFKA_SSL: 'true', KAFKA_SSL_CA_FILE: authority.ca };
    const [, port] = broker.sasl.split(':');
    const cases: [Settings, string][] = [
      [login, 'let in'],
      [{ ...login, KAFKA_SASL_MECHANISM: 'scram-sha-256' }, 'let in'],
      [{ ...login, KAFKA_SSL_SERVER_NAME: 'kafka.example' }, 'let in'],
      [{ ...login, KAFKA_SASL_PASSWORD: WRONG }, 'correct KAFKA_SASL_USERNAME and KAFKA_SASL_PASSWORD'],
      [{ ...login, KAFKA_SASL_USERNAME: 'nobody' }, 'correct KAFKA_SASL_USERNAME and KAFKA_SASL_PASSWORD'],
      [{ ...login, KAFKA_SASL_MECHANISM: 'plain' }, 'the broker does not know KAFKA_SASL_MECHANISM=plain'],
      [{ ...login, KAFKA_SSL_CA_FILE: stranger.ca }, 'not signed by the authority in KAFKA_SSL_CA_FILE'],
      [{ ...login, KAFKA_SSL_CA_FILE: NOT_SET }, 'set KAFKA_SSL_CA_FILE to the one that signed it'],
      [{ ...login, KAFKA_BROKERS: `localhost:${port}` }, 'certificate is for another name'],
      [{ ...login, KAFKA_SSL_SERVER_NAME: 'other.example' }, 'certificate is for another name'],
      [{ ...login, KAFKA_SSL: 'false', KAFKA_SSL_CA_FILE: NOT_SET }, 'it may want KAFKA_SSL=true'],
      [{ ...login, KAFKA_BROKERS: broker.open }, 'speaks no TLS on this port'],
      [mutual, 'set KAFKA_SSL_CERTIFICATE_FILE and KAFKA_SSL_KEY_FILE'],
      [{ ...mutual, KAFKA_SSL_CERTIFICATE_FILE: client.cert, KAFKA_SSL_KEY_FILE: client.key }, 'let in'],
      [
        { ...mutual, KAFKA_SSL_CERTIFICATE_FILE: alien.cert, KAFKA_SSL_KEY_FILE: alien.key },
        'refuses the certificate in KAFKA_SSL_CERTIFICATE_FILE',
      ],
    ];
    const outcomes = await Promise.all(cases.map(([settings]) => connecting(settings)));
    for (const [index, [, expected]] of cases.entries())
      expect(outcomes[index], expected).toContain(expected);
    expect(outcomes.join('\n')).not.toContain('hunter2');
  });

  it('carries records from a simulator to the database, with the password from a file', async () => {
    const folder = mkdtempSync(join(tmpdir(), 'holdfast-secret-'));
    undo.push(() => rmSync(folder, { recursive: true }));
    const secret = join(folder, 'password');
    writeFileSync(secret, `${USER.password}\n`);
    const prefix = freshTopicPrefix();
    const settings = {
      ...login,
      KAFKA_SASL_PASSWORD: NOT_SET,
      KAFKA_SASL_PASSWORD_FILE: secret,
      KAFKA_TOPIC_PREFIX: prefix,
      KAFKA_GROUP_ID: `${prefix}group`,
      DATABASE_URL: database.url,
      HOLDFAST_PARTITIONS: '2',
      HOLDFAST_LOG_LEVEL: 'trace',
    };
    const processor = await startProcessor(settings);
    await processor.ready();
    const sent = await simulate(settings, ['--events', '150', '--rate', 'max', '--json', '--quiet']);
    expect(sent.code, sent.output).toBe(0);
    const pool = database.pool();
    await eventually(
      '150 records in the database',
      async () => {
        const { rows } = await pool.query(
          'SELECT (SELECT count(*) FROM orders_raw) + (SELECT count(*) FROM pipeline_error_logs) AS read',
        );
        return Number(rows[0].read) >= 150;
      },
      { explain: processor.log },
    );
    expect(processor.log() + sent.output).not.toContain('hunter2');
  });

  it('a processor says at once what is wrong, and never the password', async () => {
    const rest = { DATABASE_URL: database.url, HOLDFAST_LOG_LEVEL: 'trace' };
    const wrongPassword = { ...login, ...rest, KAFKA_SASL_PASSWORD: WRONG };
    const untrusted = { ...login, ...rest, KAFKA_SSL_CA_FILE: stranger.ca };
    await Promise.all(
      [
        [wrongPassword, 'the broker refuses the login'] as const,
        [untrusted, 'not signed by the authority in KAFKA_SSL_CA_FILE'] as const,
      ].map(async ([settings, reason]) => {
        const processor = await startProcessor(settings);
        await eventually(
          reason,
          async () => (await processor.readiness()).problems.consumer?.includes(reason),
          { explain: processor.log },
        );
        await eventually('a line in the log', () => processor.log().includes(reason));
        await processor.kill();
        expect(processor.log()).not.toContain('hunter2');
      }),
    );
  });
});

function simulate(
  settings: Settings,
  args: readonly string[],
): Promise<{ code: number | null; output: string }> {
  const { PATH, HOME } = process.env;
  const child = spawn(process.execPath, ['--import', 'tsx', 'simulator/main.ts', ...args], {
    cwd: projectRoot,
    env: { PATH, HOME, ...settings },
    stdio: ['ignore', 'pipe', 'pipe'],
  });
  let output = '';
  for (const stream of [child.stdout, child.stderr])
    stream.setEncoding('utf8').on('data', (text: string) => {
      output += text;
    });
  return new Promise((resolve) => child.once('close', (code) => resolve({ code, output })));
}
