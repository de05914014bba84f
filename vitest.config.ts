import { defineConfig } from 'vitest/config';
import { LongTestsFirst } from './test/support/long-tests-first.ts';

/** Tests that hold programs to promises in seconds: beside others, they would be of the machine. */
const ALONE = ['test/integration/alertbot-database-trouble.test.ts'];

/** Tests of services wait more than they compute. */
const SERVICE_TESTS_AT_ONCE = 2;

/**
 * Three projects, one after the other: `unit` runs beside the sources without any service; `stack` runs against the
 * embedded TimescaleDB and Kafka that its global set-up starts once (or against TEST_DATABASE_URL / TEST_KAFKA_BROKERS);
 * `alone` is the part of it that needs the machine for itself, and no Kafka.
 */
export default defineConfig({
  test: {
    sequence: { sequencer: LongTestsFirst },
    projects: [
      {
        test: {
          name: 'unit',
          include: [
            '{domain,platform,processor,alertbot,simulator,replay,grafana,stack,bench}/**/*.test.ts',
            'test/support/**/*.test.ts',
          ],
          environment: 'node',
          // Pure for the most part: loading the same modules for each file took longer than the tests, 112 s against 36 s.
          isolate: false,
          maxWorkers: 2,
          // The default of 5 s is a bet on the machine's speed, for a property of hundreds of runs.
          testTimeout: 60_000,
          sequence: { groupOrder: 0 },
        },
      },
      {
        test: {
          name: 'stack',
          include: ['test/**/*.test.ts'],
          exclude: ['test/support/**', ...ALONE],
          environment: 'node',
          globalSetup: ['test/support/global-setup.ts'],
          maxWorkers: SERVICE_TESTS_AT_ONCE,
          testTimeout: 600_000,
          hookTimeout: 600_000,
          sequence: { groupOrder: 1 },
        },
      },
      {
        test: {
          name: 'alone',
          include: ALONE,
          environment: 'node',
          maxWorkers: 1,
          testTimeout: 600_000,
          hookTimeout: 600_000,
          sequence: { groupOrder: 2 },
        },
      },
    ],
  },
});
