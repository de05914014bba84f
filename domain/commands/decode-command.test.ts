import { expect, it } from 'vitest';
import { decodeCommand } from './decode-command.ts';

const AT = Date.parse('2026-03-02T00:00:00Z') * 1000;
const COMMAND = {
  type: 'command',
  action: 'RETRY_HOLD',
  action_id: 'retry-7-1',
  requested_at: '2026-03-02T00:00:00.000000Z',
};

it.each(['RETRY_HOLD', 'RETRY_RECORD'])('reads a command %s', (action) => {
  expect(decodeCommand({ ...COMMAND, action }, AT)).toEqual({ actionId: 'retry-7-1', requestedAt: AT });
});

it.each([{ ...COMMAND, type: 'result' }, { ...COMMAND, action: 'SOMETHING_ELSE' }, { type: 'command' }])(
  'leaves others’ messages alone: %j',
  (members) => {
    expect(decodeCommand(members, AT)).toBeNull();
  },
);

it.each([
  [{ ...COMMAND, type: undefined }, 'type is missing'],
  [{ ...COMMAND, action_id: undefined }, 'action_id is missing'],
  [{ ...COMMAND, requested_at: undefined }, 'requested_at is missing'],
  [{ ...COMMAND, requested_at: '1999-01-01T00:00:00Z' }, 'before 2000'],
  [{ ...COMMAND, action_id: 7 }, 'action_id must be a string'],
])('refuses %j', (members, reason) => {
  expect(() => decodeCommand(members, AT)).toThrow(reason);
});
