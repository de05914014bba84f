import { defineConfig } from 'vitest/config';
import { LongTestsFirst } from './test/support/long-tests-first.ts';

/** Tests of services wait more than they compute: two at a time need hardly longer than one on two cores. */
const FILES_AT_ONCE = 2;

/**
 * Two projects: `unit` runs beside the sources without any service; `stack` runs against the embedded TimescaleDB
 * and Kafka that its global set-up starts once (or against TEST_DATABASE_URL / TEST_KAFKA_BROKERS).
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
          // The default of 5 s is a bet on the machine's speed, for a property of hundreds of runs.
          testTimeout: 60_000,
          maxWorkers: FILES_AT_ONCE,
        },
      },
      {
        test: {
          name: 'stack',
          include: ['test/**/*.test.ts'],
          exclude: ['test/support/**'],
          environment: 'node',
          globalSetup: ['test/support/global-setup.ts'],
          maxWorkers: FILES_AT_ONCE,
          testTimeout: 300_000,
          hookTimeout: 300_000,
        },
      },
    ],
  },
});
