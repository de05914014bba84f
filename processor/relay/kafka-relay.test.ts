import { expect, it } from 'vitest';
import { decodeHeaders } from './kafka-relay.ts';

it('sends headers as they were received', () => {
  expect(decodeHeaders({ one: 'AP8=', empty: '', twice: ['MQ==', 'Mg=='] })).toEqual({
    one: Buffer.from([0, 255]),
    empty: Buffer.alloc(0),
    twice: [Buffer.from('1'), Buffer.from('2')],
  });
  const hostile = JSON.parse('{"__proto__":"cA==","constructor":"Yw=="}') as Record<string, string>;
  expect(Object.entries(decodeHeaders(hostile))).toEqual([
    ['__proto__', Buffer.from('p')],
    ['constructor', Buffer.from('c')],
  ]);
});

it('tells in a header of its own which values were null, for they go out empty', () => {
  const headers = decodeHeaders({ none: null, some: ['MQ==', null, null], fine: 'MQ==' });
  expect(headers.none).toEqual(Buffer.alloc(0));
  expect(headers.some).toEqual([Buffer.from('1'), Buffer.alloc(0), Buffer.alloc(0)]);
  expect(JSON.parse(String(headers['holdfast-null-headers']))).toEqual({ none: [0], some: [1, 2] });
});
