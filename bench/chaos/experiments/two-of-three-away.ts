import type { Experiment } from '../experiment.ts';

const AWAY_SECONDS = 10;

export const twoOfThreeAway: Experiment = {
  name: 'two-of-three-away',
  does: `kill -9 of two of three brokers for ${AWAY_SECONDS} s: no quorum, and nothing can be confirmed`,
  scene: { brokers: 3 },
  disturb: async ({ stage, random, fault, wait }) => {
    const { kafka } = stage;
    const survivor = random.pick(kafka.nodeIds);
    const victims = kafka.nodeIds.filter((node) => node !== survivor);
    await fault(`brokers ${victims.join(' and ')} killed`, async () => {
      await Promise.all(victims.map(kafka.kill));
      await wait(AWAY_SECONDS);
      await Promise.all(victims.map(kafka.start));
    });
  },
};
