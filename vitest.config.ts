import { defineConfig } from 'vitest/config';

/**
 * Two projects: `unit` runs beside the sources without any service; `stack` runs against the embedded TimescaleDB
 * and Kafka that its global set-up starts once (or against TEST_DATABASE_URL / TEST_KAFKA_BROKERS).
 */
export default defineConfig({
  test: {
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
        },
      },
      {
        test: {
          name: 'stack',
          include: ['test/**/*.test.ts'],
          exclude: ['test/support/**'],
          environment: 'node',
          globalSetup: ['test/support/global-setup.ts'],
          // Two at a time on two cores, and clicks that Slack wants answered within 3 s are not.
          fileParallelism: false,
          testTimeout: 300_000,
          hookTimeout: 300_000,
        },
      },
    ],
  },
});
