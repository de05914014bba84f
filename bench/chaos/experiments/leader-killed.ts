import type { Experiment } from '../experiment.ts';

const AWAY_SECONDS = 10;

export const leaderKilled: Experiment = {
  name: 'leader-killed',
  does: `kill -9 of the broker that leads the first partition, one of three, for ${AWAY_SECONDS} s`,
  scene: { brokers: 3 },
  disturb: async ({ stage, fault, wait, note }) => {
    const { kafka } = stage;
    const leader = await kafka.leaderOf(stage.topic('orders'));
    await fault(`broker ${leader} killed`, async () => {
      await kafka.kill(leader);
      await wait(AWAY_SECONDS);
      await kafka.start(leader);
    });
    note(
      `partition 0 was led by broker ${leader}, and is now by ${await kafka.leaderOf(stage.topic('orders'))}`,
    );
  },
};
