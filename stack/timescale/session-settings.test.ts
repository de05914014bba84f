import { expect, test } from 'vitest';
import { mayHaveSet, requestedSettings } from './session-settings.ts';

test.each<[string, Record<string, string>, [string, string][]]>([
  [
    'names of the client are no settings',
    { user: 'u', database: 'd', application_name: 'a', client_encoding: 'UTF8' },
    [],
  ],
  ['another encoding is one', { client_encoding: 'LATIN1' }, [['client_encoding', 'LATIN1']]],
  ['any other parameter is one', { TimeZone: 'Asia/Seoul' }, [['TimeZone', 'Asia/Seoul']]],
  [
    '-c with and without a space',
    { options: '-c a.b=1 -cc=2' },
    [
      ['a.b', '1'],
      ['c', '2'],
    ],
  ],
  ['the long form', { options: '--search-path=x' }, [['search_path', 'x']]],
  ['escaped spaces', { options: '-c search_path=a,\\ b' }, [['search_path', 'a, b']]],
  ['other options are left alone', { options: '-x -d 3' }, []],
])('settings of a start-up packet: %s', (_, startup, settings) => {
  expect([...requestedSettings(new Map(Object.entries(startup)))]).toEqual(settings);
});

test('the tags of SET, RESET and DISCARD ALL are noticed, others are not', () => {
  expect(mayHaveSet(Buffer.from('C\0\0\0\x08SET\0Z\0\0\0\x05I'))).toBe(true);
  expect(mayHaveSet(Buffer.from('C\0\0\0\x0aRESET\0'))).toBe(true);
  expect(mayHaveSet(Buffer.from('C\0\0\0\x10DISCARD ALL\0'))).toBe(true);
  expect(mayHaveSet(Buffer.from('C\0\0\0\x0dUPDATE 1\0'))).toBe(false);
});
