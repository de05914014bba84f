import kafkajs from 'kafkajs';
import pg from 'pg';
import { describe, expect, it } from 'vitest';
import { Conflict, classifyError, codeOf, messageOf } from './classify.ts';

function coded(code: string): Error {
  return Object.assign(new Error('x'), { code });
}

describe('classifyError', () => {
  it.each([
    ['40001', 'conflict'],
    ['40P01', 'conflict'],
    ['55P03', 'conflict'],
    ['08006', 'unavailable'],
    ['53100', 'unavailable'],
    ['53300', 'unavailable'],
    ['57014', 'unavailable'],
    ['57P01', 'unavailable'],
    ['57P03', 'unavailable'],
    ['58030', 'unavailable'],
    ['25006', 'unavailable'],
    ['22003', 'data'],
    ['22P02', 'data'],
    ['22P05', 'data'],
    ['54001', 'data'],
    ['23505', 'data'],
    ['25001', 'fault'],
    ['28P01', 'fault'],
    ['42P01', 'fault'],
    ['42501', 'fault'],
    ['XX000', 'fault'],
    ['ECONNREFUSED', 'unavailable'],
    ['ECONNRESET', 'unavailable'],
    ['ENOTFOUND', 'unavailable'],
    ['ERR_INVALID_ARG_TYPE', 'fault'],
  ])('%s is %s', (code, expected) => {
    expect(classifyError(coded(code))).toBe(expected);
  });

  it.each([
    'Query read timeout',
    'Connection terminated unexpectedly',
    'Connection terminated due to connection timeout',
    'timeout exceeded when trying to connect',
    'Client has encountered a connection error and is not queryable',
  ])('knows what pg says without a code: %s', (message) => {
    expect(classifyError(new Error(message))).toBe('unavailable');
  });

  it('takes kafkajs at its word', () => {
    expect(classifyError(new kafkajs.KafkaJSConnectionError('x'))).toBe('unavailable');
    expect(classifyError(new kafkajs.KafkaJSNonRetriableError('x'))).toBe('fault');
  });

  it('calls the loser of a compare-and-set a conflict', () => {
    expect(classifyError(new Conflict('x'))).toBe('conflict');
  });

  it('knows a database that is not there', async () => {
    const client = new pg.Client('postgres://nobody@127.0.0.1:9/none');
    await expect(client.connect().catch(classifyError)).resolves.toBe('unavailable');
  });

  it.each([null, undefined, 'text', 7, {}, { code: 7 }, new Error(''), new TypeError('x')])(
    'is total: %s',
    (thrown) => {
      expect(classifyError(thrown)).toBe('fault');
    },
  );
});

it('codeOf and messageOf take anything', () => {
  expect([coded('22003'), null, 'x', { code: 5 }].map(codeOf)).toEqual(['22003', '', '', '']);
  expect([new Error('why'), 'text', null].map(messageOf)).toEqual(['why', 'text', 'null']);
  for (const thrown of [{ toString: '' }, Object.create(null)]) expect(messageOf(thrown)).toMatch(/no error/);
});
