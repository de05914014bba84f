import fc from 'fast-check';
import { expect, it } from 'vitest';
import { DAY, HOUR, MINUTE } from '../../domain/time/micros.ts';
import { hostileText } from '../../test/support/slack/hostile-views.ts';
import { type Command, type CommandProblem, parseCommand } from './parse-command.ts';

it.each<[string, Command]>([
  ['', { name: 'help' }],
  ['  help ', { name: 'help' }],
  ['list', { name: 'list', filter: 'all' }],
  ['LIST Critical', { name: 'list', filter: 'critical' }],
  ['list mine', { name: 'list', filter: 'mine' }],
  ['show #12', { name: 'show', alertId: 12 }],
  ['ack 12', { name: 'ack', alertId: 12, note: null }],
  ['ack  12   on it,  wait ', { name: 'ack', alertId: 12, note: 'on it,  wait' }],
  ['ack 12 a &lt; b &amp;&amp; c', { name: 'ack', alertId: 12, note: 'a < b && c' }],
  ['resolve 12', { name: 'resolve', alertId: 12, decision: null, note: null }],
  ['resolve 12 release', { name: 'resolve', alertId: 12, decision: 'release', note: null }],
  ['resolve 12 Cancel fraud', { name: 'resolve', alertId: 12, decision: 'cancel', note: 'fraud' }],
  ['resolve 12 released by hand', { name: 'resolve', alertId: 12, decision: null, note: 'released by hand' }],
  ['retry 12', { name: 'retry', alertId: 12 }],
  ['snooze 12 30m', { name: 'snooze', alertId: 12, duration: 30 * MINUTE }],
  ['snooze 12 2H', { name: 'snooze', alertId: 12, duration: 2 * HOUR }],
  ['snooze 12 30d', { name: 'snooze', alertId: 12, duration: 30 * DAY }],
  ['unsnooze 12', { name: 'unsnooze', alertId: 12 }],
])('reads %j', (text, command) => {
  expect(parseCommand(text)).toEqual({ ok: true, command });
});

it.each<[string, CommandProblem]>([
  ['ship 12', { code: 'unknown_command', word: 'ship' }],
  ['12', { code: 'unknown_command', word: '12' }],
  ['toString', { code: 'unknown_command', word: 'toString' }],
  ['list all of them', { code: 'surplus', command: 'list', word: 'of them' }],
  ['list info', { code: 'bad_filter', word: 'info' }],
  ['show', { code: 'missing_id', command: 'show' }],
  ['ack note', { code: 'bad_id', command: 'ack', word: 'note' }],
  ['ack 0', { code: 'bad_id', command: 'ack', word: '0' }],
  ['ack -3', { code: 'bad_id', command: 'ack', word: '-3' }],
  ['ack 1e3', { code: 'bad_id', command: 'ack', word: '1e3' }],
  ['ack 9999999999999999', { code: 'bad_id', command: 'ack', word: '9999999999999999' }],
  [`ack 12 ${'가'.repeat(501)}`, { code: 'note_too_long', most: 500 }],
  [`resolve 12 cancel ${'x'.repeat(501)}`, { code: 'note_too_long', most: 500 }],
  ['retry 12 now', { code: 'surplus', command: 'retry', word: 'now' }],
  ['snooze 12', { code: 'missing_duration', alertId: 12 }],
  ['snooze 12 30', { code: 'bad_duration', alertId: 12, word: '30' }],
  ['snooze 12 0m', { code: 'bad_duration', alertId: 12, word: '0m' }],
  ['snooze 12 31d', { code: 'bad_duration', alertId: 12, word: '31d' }],
  ['snooze 12 2h please', { code: 'surplus', command: 'snooze', word: 'please' }],
])('says what is wrong with %j', (text, problem) => {
  expect(parseCommand(text)).toEqual({ ok: false, problem });
});

it('answers anything', () => {
  fc.assert(
    fc.property(hostileText, fc.constantFrom('', 'ack ', 'ack 1 ', 'snooze 1 ', 'list '), (text, before) => {
      expect(parseCommand(before + text)).toHaveProperty('ok');
    }),
  );
});
