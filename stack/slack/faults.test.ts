import { expect, it } from 'vitest';
import { Changes } from './changes.ts';
import { createDirectory } from './directory.ts';
import { FaultControls } from './faults.ts';

const faultControls = () => new FaultControls(createDirectory({}), new Changes());

it('hits the method and channel it is set for, by id or name', () => {
  const faults = faultControls();
  faults.set({ kind: 'http', status: 503, method: 'chat.postMessage', channel: '#sre' });
  expect(faults.take('chat.postMessage', 'C0SRE').fault).toMatchObject({ kind: 'http', status: 503 });
  expect(faults.take('chat.postMessage', '#sre').fault).not.toBeNull();
  expect(faults.take('chat.postMessage', 'C0HOLDFAST').fault).toBeNull();
  expect(faults.take('chat.postMessage', undefined).fault).toBeNull();
  expect(faults.take('chat.update', 'C0SRE').fault).toBeNull();
});

it('is over after the times it was set for', () => {
  const faults = faultControls();
  faults.set({ kind: 'lose', method: '*', remaining: 2 });
  const hits = Array.from({ length: 4 }, () => faults.take('chat.update', 'C0SRE').fault !== null);
  expect(hits).toEqual([true, true, false, false]);
  expect(faults.list()).toEqual([]);
});

it('adds up latency, beside one other fault: the first that was set', () => {
  const faults = faultControls();
  faults.set({ kind: 'latency', ms: 40 });
  faults.set({ kind: 'error', error: 'fatal_error' });
  faults.set({ kind: 'latency', ms: 2 });
  faults.set({ kind: 'lose', remaining: 1 });
  expect(faults.take('chat.update', undefined)).toMatchObject({
    latencyMs: 42,
    fault: { kind: 'error' },
  });
  expect(faults.list()).toHaveLength(4);
});

it('replaces a fault with the same id, and clears one or all', () => {
  const faults = faultControls();
  faults.set({ id: 'outage', kind: 'http', status: 500 });
  faults.set({ id: 'outage', kind: 'http', status: 503 });
  const other = faults.set({ kind: 'lose' });
  expect(faults.take('auth.test', undefined).fault).toMatchObject({ status: 503 });
  faults.clear('outage');
  expect(faults.list()).toEqual([other]);
  faults.clear();
  expect(faults.list()).toEqual([]);
});

it('counts copies of clicks apart from calls', () => {
  const faults = faultControls();
  faults.set({ kind: 'duplicate_clicks', times: 5, remaining: 1 });
  expect(faults.take('chat.update', undefined).fault).toBeNull();
  expect([faults.takeCopies(), faults.takeCopies()]).toEqual([5, 1]);
});
