import type { Experiment } from '../experiment.ts';

const AWAY_SECONDS = 8;

export const brokerKilled: Experiment = {
  name: 'broker-killed',
  does: `kill -9 of the only broker, which is away for ${AWAY_SECONDS} s`,
  disturb: async ({ stage, fault, wait }) => {
    await fault('no broker', async () => {
      await stage.kafka.kill(1);
      await wait(AWAY_SECONDS);
      await stage.kafka.start(1);
    });
  },
};
