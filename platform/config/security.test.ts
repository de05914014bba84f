import { generateKeyPairSync } from 'node:crypto';
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, describe, expect, it } from 'vitest';
import { ConfigError } from './config-error.ts';
import { type Environment, loadConfig } from './load.ts';

const folder = mkdtempSync(join(tmpdir(), 'holdfast-config-'));
afterAll(() => rmSync(folder, { recursive: true }));

function file(name: string, text: string): string {
  const path = join(folder, name);
  writeFileSync(path, text);
  return path;
}

function problemsOf(env: Environment): readonly string[] {
  try {
    loadConfig(env);
    return [];
  } catch (error) {
    if (error instanceof ConfigError) return error.problems;
    throw error;
  }
}

const TOKEN = 'hunter2-hunter2-hunter2';
const MISSING = join(folder, 'missing');

describe('secrets in files', () => {
  it('are read without the line break at their end', () => {
    const token = file('token', `${TOKEN}\n`);
    expect(loadConfig({ HOLDFAST_API_TOKEN_FILE: token }).apiToken).toBe(TOKEN);
    expect(loadConfig({ HOLDFAST_API_TOKEN_FILE: token, HOLDFAST_API_TOKEN: TOKEN }).apiToken).toBe(TOKEN);
    const url = file('url', 'postgres://shop@db.example/shop');
    const password = file('password', 'p@ss/word %41\r\n');
    const { database } = loadConfig({ DATABASE_URL_FILE: url, PGPASSWORD_FILE: password });
    expect(decodeURIComponent(new URL(database.url).password)).toBe('p@ss/word %41');
    expect(database.embedded).toBe(false);
  });

  it.each([
    [
      { HOLDFAST_API_TOKEN_FILE: MISSING },
      [`HOLDFAST_API_TOKEN_FILE names ${MISSING}, which cannot be read: ENOENT`],
    ],
    [{ DATABASE_URL_FILE: MISSING }, [`DATABASE_URL_FILE names ${MISSING}, which cannot be read: ENOENT`]],
    [{ HOLDFAST_WEBHOOK_SECRET_FILE: folder }, [expect.stringContaining('cannot be read: EISDIR')]],
    [{ HOLDFAST_API_TOKEN_FILE: file('empty', '\n') }, [expect.stringContaining('which is empty')]],
    [
      { HOLDFAST_API_TOKEN_FILE: file('short', 'hunter2') },
      ['HOLDFAST_API_TOKEN must have at least 16 characters'],
    ],
    [
      { HOLDFAST_API_TOKEN_FILE: file('one', TOKEN), HOLDFAST_API_TOKEN: `other-${TOKEN}` },
      ['HOLDFAST_API_TOKEN and HOLDFAST_API_TOKEN_FILE are both set, and differ: remove one of them'],
    ],
    [{ HOLDFAST_GRAFANA_URL_FILE: MISSING }, [expect.stringContaining('is not a setting of Holdfast')]],
  ])('%j is refused without what is in them', (env, expected) => {
    const problems = problemsOf(env);
    expect(problems).toEqual(expected);
    expect(problems.join()).not.toContain('hunter2');
  });
});

describe('TLS and login of Kafka', () => {
  const certificate = file('junk.pem', '-----BEGIN CERTIFICATE-----\nAAAA\n-----END CERTIFICATE-----\n');
  const key = file(
    'key.pem',
    generateKeyPairSync('ed25519').privateKey.export({ type: 'pkcs8', format: 'pem' }) as string,
  );

  it('are off unless set', () => {
    expect(loadConfig({}).kafka).toMatchObject({ tls: null, sasl: null });
    expect(loadConfig({ KAFKA_SSL: 'true', KAFKA_SSL_SERVER_NAME: 'kafka.example' }).kafka.tls).toEqual({
      servername: 'kafka.example',
    });
  });

  it.each<[Environment, unknown[]]>([
    [{ KAFKA_SSL_CA_FILE: MISSING }, ['KAFKA_SSL_CA_FILE is set, and KAFKA_SSL is not: set KAFKA_SSL=true']],
    [{ KAFKA_SSL: '1', KAFKA_SSL_CA_FILE: MISSING }, [expect.stringContaining('cannot be read: ENOENT')]],
    [
      { KAFKA_SSL: '1', KAFKA_SSL_CA_FILE: key },
      [expect.stringContaining('which has no certificate in PEM')],
    ],
    [
      { KAFKA_SSL: '1', KAFKA_SSL_CA_FILE: certificate },
      [expect.stringContaining('has a damaged certificate')],
    ],
    [
      { KAFKA_SSL: '1', KAFKA_SSL_KEY_FILE: key },
      [expect.stringContaining('KAFKA_SSL_CERTIFICATE_FILE is missing')],
    ],
    [
      { KAFKA_SSL: '1', KAFKA_SSL_KEY_PASSPHRASE: 'hunter2' },
      ['KAFKA_SSL_KEY_FILE is missing, KAFKA_SSL_KEY_PASSPHRASE needs it'],
    ],
    [{ KAFKA_SSL: '1', KAFKA_SSL_SERVER_NAME: '10.0.0.1' }, [expect.stringContaining('must be a host name')]],
    [
      { KAFKA_SASL_MECHANISM: 'plain', KAFKA_SASL_USERNAME: 'a', KAFKA_SASL_PASSWORD: 'hunter2' },
      [expect.stringContaining('KAFKA_SASL_MECHANISM=plain sends the password as it is')],
    ],
    [{ KAFKA_SASL_PASSWORD: 'hunter2' }, [expect.stringContaining('KAFKA_SASL_MECHANISM is missing')]],
    [
      { KAFKA_SASL_MECHANISM: 'gssapi' },
      ['KAFKA_SASL_MECHANISM must be plain, scram-sha-256 or scram-sha-512'],
    ],
  ])('%j is refused', (env, expected) => {
    const problems = problemsOf(env);
    expect(problems).toEqual(expected);
    expect(problems.join()).not.toContain('hunter2');
  });
});

describe('TLS of the database', () => {
  const own = (parameters: string, more: Environment = {}) => ({
    DATABASE_URL: `postgres://shop@db.example/shop${parameters}`,
    ...more,
  });
  const mode = (env: Environment) => new URL(loadConfig(env).database.url).searchParams.get('sslmode');

  it('is what the URL says, taken strictly', () => {
    expect(loadConfig(own('')).database.url).toBe('postgres://shop@db.example/shop');
    for (const parameters of ['?sslmode=require', '?sslmode=verify-ca', '?sslmode=verify-full', '?ssl=1'])
      expect(mode(own(parameters)), parameters).toBe('verify-full');
    expect(mode(own('', { PGSSLMODE: 'require' }))).toBe('verify-full');
    expect(mode(own('?sslmode=disable', { PGSSLMODE: 'require' }))).toBe('disable');
    expect(new URL(loadConfig(own('?sslmode=require&sslrootcert=system')).database.url).search).toBe(
      '?sslmode=verify-full',
    );
  });

  it.each<[Environment, string]>([
    [own('?sslmode=prefer'), 'sslmode=prefer, with which it is not checked who answers'],
    [own('?sslmode=no-verify'), 'sslmode=no-verify'],
    [own('?ssl=no-verify'), 'sslmode=no-verify'],
    [own('?sslmode=verfy-full'), 'sslmode=verfy-full'],
    [own('?sslmode=require&uselibpqcompat=true'), 'uselibpqcompat'],
    [own('', { PGSSLMODE: 'allow' }), 'sslmode=allow'],
    [own('', { HOLDFAST_DATABASE_CA_FILE: MISSING }), 'which cannot be read: ENOENT'],
    [own('?sslmode=disable', { HOLDFAST_DATABASE_CA_FILE: MISSING }), 'sslmode is disable'],
    [{ HOLDFAST_DATABASE_CA_FILE: MISSING }, 'the embedded database speaks no TLS'],
  ])('%j is refused', (env, expected) => {
    expect(problemsOf(env)).toEqual([expect.stringContaining(expected)]);
  });
});
