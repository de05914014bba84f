import type { Experiment } from '../experiment.ts';

const AWAY_SECONDS = 10;

export const controllerKilled: Experiment = {
  name: 'controller-killed',
  does: `kill -9 of the active controller, one of three, for ${AWAY_SECONDS} s`,
  scene: { brokers: 3 },
  disturb: async ({ stage, fault, wait, note }) => {
    const { kafka } = stage;
    const controller = await kafka.controller();
    await fault(`controller ${controller} killed`, async () => {
      await kafka.kill(controller);
      await wait(AWAY_SECONDS);
      note(`the controller was ${controller}, and is now ${await kafka.controller()}`);
      await kafka.start(controller);
    });
  },
};
