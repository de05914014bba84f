import { resolve } from 'node:path';
import { expect, test } from 'vitest';
import { grafanaSettings } from './grafana-settings.ts';

function settingsFor(databaseUrl: string): Record<string, string> {
  const elsewhere = { prometheusUrl: 'http://p', alertmanagerUrl: 'http://m', alertbotUrl: 'http://b' };
  return grafanaSettings(3000, '/data', { databaseUrl, ...elsewhere, timeZone: 'UTC' }, 'secret');
}

test('Grafana finds the database where the programs do', () => {
  expect(settingsFor('postgres://postgres@127.0.0.1:55432/my%20shop')).toMatchObject({
    TIMESCALEDB_ADDRESS: '127.0.0.1:55432',
    TIMESCALEDB_DATABASE: 'my shop',
    TIMESCALEDB_SSLMODE: 'disable',
    TIMESCALEDB_CA_FILE: '',
    GRAFANA_READER_PASSWORD: 'secret',
  });
});

test('Grafana checks who answers as the programs do, from wherever it is started', () => {
  expect(settingsFor('postgres://w@db.example/h?sslmode=verify-full&sslrootcert=ca.pem')).toMatchObject({
    TIMESCALEDB_ADDRESS: 'db.example:5432',
    TIMESCALEDB_SSLMODE: 'verify-full',
    TIMESCALEDB_CA_FILE: resolve('ca.pem'),
  });
  expect(settingsFor('postgres://w@db.example/h?sslmode=verify-full')).toMatchObject({
    TIMESCALEDB_SSLMODE: 'verify-full',
    TIMESCALEDB_CA_FILE: '',
  });
});
