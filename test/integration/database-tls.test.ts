import { spawn } from 'node:child_process';
import { afterAll, beforeAll, expect, it } from 'vitest';
import { loadConfig } from '../../platform/config/load.ts';
import { openDatabase } from '../../platform/database/database.ts';
import { explainDatabaseTrouble } from '../../platform/database/explain-trouble.ts';
import { createLogger } from '../../platform/logger/logger.ts';
import { projectRoot } from '../../stack/install/paths.mjs';
import { type Authority, authorityMaker } from '../support/certificates.ts';
import { freshDatabase } from '../support/database.ts';
import { addressOf, urlThrough } from '../support/tcp-proxy.ts';
import { type TlsDatabaseProxy, tlsDatabaseProxy } from '../support/tls-database-proxy.ts';
import { describeWithTools } from '../support/tools.ts';

type Settings = Record<string, string>;

describeWithTools('a database with TLS', ['openssl'], () => {
  const undo: (() => unknown)[] = [];
  let authority: Authority;
  let stranger: Authority;
  let proxy: TlsDatabaseProxy;
  let plainUrl: string;
  /** Through TLS, with these parameters. */
  let tlsUrl: (parameters?: string) => string;

  beforeAll(async () => {
    const cleanUp = (step: () => unknown) => void undo.push(step);
    const make = authorityMaker(cleanUp);
    authority = make('authority');
    stranger = make('stranger');
    plainUrl = (await freshDatabase()).url;
    const certificate = authority.sign('database', ['127.0.0.1']);
    proxy = await tlsDatabaseProxy(addressOf(plainUrl, 5432), certificate, cleanUp);
    const through = new URL(urlThrough(plainUrl, proxy.port));
    through.password = 'hunter2';
    tlsUrl = (parameters = '') => `${through.href}${parameters}`;
  });
  afterAll(() => {
    for (const step of undo.toReversed()) step();
  });

  async function asking(settings: Settings): Promise<string> {
    const logger = createLogger({ program: 'test', level: 'silent' });
    const { url } = loadConfig(settings).database;
    const database = openDatabase({ url, poolSize: 1, program: 'test', logger });
    try {
      const { rows } = await database.query({ text: 'SELECT count(*) > 10 AS whole FROM schema_migrations' });
      return `answered ${rows[0].whole}`;
    } catch (error) {
      return explainDatabaseTrouble(error);
    } finally {
      await database.end();
    }
  }

  it('is asked over TLS when its authority is trusted, and the name is right', async () => {
    const before = proxy.seen.encrypted;
    const ca = { HOLDFAST_DATABASE_CA_FILE: authority.ca };
    expect(await asking({ DATABASE_URL: tlsUrl(), ...ca })).toBe('answered true');
    expect(await asking({ DATABASE_URL: tlsUrl('?sslmode=require'), ...ca })).toBe('answered true');
    const asLibpq = `?sslmode=verify-full&sslrootcert=${encodeURIComponent(authority.ca)}`;
    expect(await asking({ DATABASE_URL: tlsUrl(asLibpq) })).toBe('answered true');
    expect(proxy.seen).toEqual({ encrypted: before + 3, plain: 0 });
  });

  it('is not told anything when somebody else could be in its place', async () => {
    const trust = 'set HOLDFAST_DATABASE_CA_FILE to the authority';
    for (const parameters of ['?sslmode=verify-full', '?sslmode=require', '?sslmode=verify-ca', '?ssl=true'])
      expect(await asking({ DATABASE_URL: tlsUrl(parameters) }), parameters).toContain(trust);
    expect(await asking({ DATABASE_URL: tlsUrl(), PGSSLMODE: 'require' })).toContain(trust);
    const untrusted = { DATABASE_URL: tlsUrl(), HOLDFAST_DATABASE_CA_FILE: stranger.ca };
    expect(await asking(untrusted)).toContain(trust);
    const otherName = tlsUrl().replace('127.0.0.1', 'localhost');
    expect(await asking({ DATABASE_URL: otherName, HOLDFAST_DATABASE_CA_FILE: authority.ca })).toContain(
      'use a name in DATABASE_URL that the certificate',
    );
    const withoutTls = { DATABASE_URL: plainUrl, HOLDFAST_DATABASE_CA_FILE: authority.ca };
    expect(await asking(withoutTls)).toContain('switch TLS on at the database');
  });

  it('a migration says so, and ends', async () => {
    const settings = { DATABASE_URL: tlsUrl(), HOLDFAST_DATABASE_CA_FILE: stranger.ca };
    const refused = await migrating(settings);
    expect(refused.code).toBe(1);
    expect(refused.output).toContain('set HOLDFAST_DATABASE_CA_FILE to the authority');
    expect(refused.output).not.toContain('hunter2');
    expect(await migrating({ ...settings, HOLDFAST_DATABASE_CA_FILE: authority.ca })).toEqual({
      code: 0,
      output: 'The database is up to date.\n',
    });
  });
});

function migrating(settings: Settings): Promise<{ code: number | null; output: string }> {
  const { PATH, HOME } = process.env;
  const child = spawn(process.execPath, ['--import', 'tsx', 'platform/migrate/main.ts'], {
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
