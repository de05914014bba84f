import { expect, test } from 'vitest';
import { readOptions } from './options.ts';

test('without arguments: 20 records a second, the simulator where the Kafka is embedded', () => {
  expect(readOptions([])).toEqual({
    help: false,
    reset: false,
    simulate: undefined,
    rate: 20,
    scenario: undefined,
    avro: false,
    brokers: 1,
    plain: false,
  });
});

test('the simulator is forced on or off', () => {
  expect(readOptions(['--simulate', '--rate', '2.5'])).toMatchObject({ simulate: true, rate: 2.5 });
  expect(readOptions(['--no-simulator'])).toMatchObject({ simulate: false });
  expect(() => readOptions(['--no-simulator', '--simulate'])).toThrow('exclude each other');
});

test.each([['--rate=0'], ['--rate=fast'], ['--rate=-1'], ['--rate=1e9']])('%s is refused', (argument) => {
  expect(() => readOptions([argument])).toThrow('--rate takes a number from above 0 to 10000');
});

test('a scenario is one of those there are', () => {
  expect(readOptions(['--scenario', 'riders-short']).scenario).toMatchObject({ name: 'riders-short' });
  expect(() => readOptions(['--scenario', 'flood'])).toThrow(/one of riders-short, .*not flood/);
  expect(() => readOptions(['--scenario', 'traffic', '--simulate'])).toThrow('simulator of its own');
});

test('one broker or three', () => {
  expect(readOptions(['--brokers', '3'])).toMatchObject({ brokers: 3 });
  expect(() => readOptions(['--brokers', '2'])).toThrow(/--brokers takes 1 or 3, not 2/);
});

test('an unknown option is named and the known ones are shown', () => {
  expect(() => readOptions(['--restart'])).toThrow(/--restart[\s\S]*--reset/);
});

test('Avro is asked for, and no scenario speaks it', () => {
  expect(readOptions(['--avro']).avro).toBe(true);
  expect(() => readOptions(['--avro', '--scenario', 'traffic'])).toThrow('--scenario sends JSON');
});
