import { expect, it } from 'vitest';
import { explainDatabaseTrouble } from './explain-trouble.ts';

const error = (code: string, message = 'what the driver says') => Object.assign(new Error(message), { code });

it.each([
  [error('SELF_SIGNED_CERT_IN_CHAIN'), 'HOLDFAST_DATABASE_CA_FILE'],
  [error('ERR_TLS_CERT_ALTNAME_INVALID'), 'a name in DATABASE_URL'],
  [error('CERT_HAS_EXPIRED'), "renew the database's certificate"],
  [error('28P01', 'password authentication failed for user "shop"'), 'correct the user and password'],
  [error('28000', 'no pg_hba.conf entry for host "10.0.0.1", no encryption'), 'sslmode=verify-full'],
  [new Error('The server does not support SSL connections'), 'sslmode=disable'],
])('%s: %s', (trouble, advice) => {
  expect(explainDatabaseTrouble(trouble)).toContain(advice);
  expect(explainDatabaseTrouble(trouble)).toContain(trouble.message);
});

it('says what the driver says where nothing is to be corrected', () => {
  expect(explainDatabaseTrouble(error('28000', 'role "shop" does not exist'))).toBe(
    'role "shop" does not exist',
  );
  expect(explainDatabaseTrouble(error('ECONNREFUSED', 'connect ECONNREFUSED 127.0.0.1:1'))).toBe(
    'connect ECONNREFUSED 127.0.0.1:1',
  );
});
