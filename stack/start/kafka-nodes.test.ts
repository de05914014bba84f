import { expect, test } from 'vitest';
import { loadConfig } from '../../platform/config/load.ts';
import { embeddedConfig } from './embedded-config.ts';
import { kafkaNodes, kafkaPortUses } from './kafka-nodes.ts';
import { readOptions } from './options.ts';

const config = loadConfig({});

test('one broker has the ports of the settings', () => {
  expect(kafkaNodes(config, 1)).toEqual([
    { nodeId: 1, port: 59_092, controllerPort: 59_093, metricsPort: 59_094 },
  ]);
  expect(kafkaPortUses(kafkaNodes(config, 1)).map(({ purpose }) => purpose)).toEqual([
    'Kafka',
    'Kafka controller',
    'metrics of Kafka',
  ]);
});

test('three brokers have nine ports, and all of them are looked at before the start', () => {
  const uses = kafkaPortUses(kafkaNodes(config, 3));
  expect(new Set(uses.map(({ port }) => port)).size).toBe(9);
  expect(uses).toContainEqual({
    port: 59_112,
    purpose: 'Kafka, broker 3',
    variable: 'HOLDFAST_KAFKA_PORT',
  });
});

test('three brokers are named to all programs, and have data of their own', () => {
  const embedded = embeddedConfig(config, readOptions(['--brokers', '3']));
  expect(embedded.kafka.brokers).toEqual(['127.0.0.1:59092', '127.0.0.1:59102', '127.0.0.1:59112']);
  expect(embedded.dataDir).toBe('.holdfast/cluster');
  expect(embeddedConfig(config, readOptions([]))).toBe(config);
});

test('a scenario on three brokers begins anew where scenarios do', () => {
  const options = readOptions(['--brokers', '3', '--scenario', 'traffic']);
  expect(embeddedConfig(config, options)).toMatchObject({
    dataDir: '.holdfast/scenario',
    kafka: { brokers: { length: 3 } },
  });
});

test('brokers of your own cannot be made more', () => {
  const own = loadConfig({ KAFKA_BROKERS: 'kafka.example:9092' });
  expect(() => embeddedConfig(own, readOptions(['--brokers', '3']))).toThrow('leave KAFKA_BROKERS unset');
  expect(() => embeddedConfig(own, readOptions(['--scenario', 'traffic']))).toThrow('begins with an empty');
});
