import { expect, it } from 'vitest';
import { describeFault, faultOf } from './fault-kinds.ts';

const draft = { kind: 'http', parameter: '503', method: '*', channel: '', remaining: '' } as const;

it('makes a fault of a filled form', () => {
  expect(faultOf(draft)).toEqual({ kind: 'http', status: 503, method: '*' });
  expect(
    faultOf({ ...draft, kind: 'error', parameter: 'invalid_auth', channel: 'C0A', remaining: '2' }),
  ).toEqual({
    kind: 'error',
    error: 'invalid_auth',
    method: '*',
    channel: 'C0A',
    remaining: 2,
  });
  expect(faultOf({ ...draft, kind: 'lose', method: 'chat.update' })).toEqual({
    kind: 'lose',
    method: 'chat.update',
  });
});

it('gives clicks no method and no channel', () => {
  expect(faultOf({ ...draft, kind: 'duplicate_clicks', parameter: '3', channel: 'C0A' })).toEqual({
    kind: 'duplicate_clicks',
    times: 3,
  });
});

it('describes a fault in a line', () => {
  const fault = {
    id: '1',
    kind: 'latency',
    ms: 300,
    method: 'views.open',
    channel: 'C0A',
    remaining: 2,
  } as const;
  expect(describeFault(fault, () => 'a')).toBe('Slow: 300 ms · views.open · #a · 2 more');
  expect(describeFault({ id: '1', kind: 'lose' }, () => 'a')).toBe('Says ok, stores nothing');
});
