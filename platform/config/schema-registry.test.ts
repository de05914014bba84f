import { expect, it } from 'vitest';
import { ConfigError } from './config-error.ts';
import { type Environment, loadConfig } from './load.ts';

const URL_SET = { HOLDFAST_SCHEMA_REGISTRY_URL: 'https://registry.example/apis/ccompat/v6/' };

function problemsOf(env: Environment): readonly string[] {
  try {
    loadConfig(env);
    return [];
  } catch (error) {
    if (error instanceof ConfigError) return error.problems;
    throw error;
  }
}

it('is not needed', () => {
  expect(loadConfig({}).schemaRegistry).toBeNull();
});

it('knows us by nothing, by user and password, or by a token', () => {
  const url = 'https://registry.example/apis/ccompat/v6';
  const login = { HOLDFAST_SCHEMA_REGISTRY_USER: 'kim', HOLDFAST_SCHEMA_REGISTRY_PASSWORD: 'a:b' };
  expect(loadConfig(URL_SET).schemaRegistry).toEqual({ url, authorization: null });
  expect(loadConfig({ ...URL_SET, ...login }).schemaRegistry).toEqual({
    url,
    authorization: `Basic ${Buffer.from('kim:a:b').toString('base64')}`,
  });
  expect(loadConfig({ ...URL_SET, HOLDFAST_SCHEMA_REGISTRY_TOKEN: 't' }).schemaRegistry).toEqual({
    url,
    authorization: 'Bearer t',
  });
});

it.each([
  [
    'a login without an address',
    { HOLDFAST_SCHEMA_REGISTRY_TOKEN: 't' },
    'HOLDFAST_SCHEMA_REGISTRY_URL is missing',
  ],
  ['a user alone', { ...URL_SET, HOLDFAST_SCHEMA_REGISTRY_USER: 'kim' }, '_PASSWORD is missing'],
  ['a password alone', { ...URL_SET, HOLDFAST_SCHEMA_REGISTRY_PASSWORD: 'x' }, '_USER is missing'],
  [
    'two logins',
    {
      ...URL_SET,
      HOLDFAST_SCHEMA_REGISTRY_USER: 'kim',
      HOLDFAST_SCHEMA_REGISTRY_PASSWORD: 'x',
      HOLDFAST_SCHEMA_REGISTRY_TOKEN: 't',
    },
    'exclude each other',
  ],
  [
    'a login in the address',
    { HOLDFAST_SCHEMA_REGISTRY_URL: 'http://a:b@registry' },
    'must have no user name',
  ],
])('refuses %s', (_name, env, problem) => {
  expect(problemsOf(env).join('\n')).toContain(problem);
});
