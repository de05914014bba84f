import type { Experiment } from '../experiment.ts';
import { untilReady } from '../stage/stage.ts';

export const everythingKilled: Experiment = {
  name: 'everything-killed',
  does: 'kill -9 of processor, alertbot, broker and database, one after the other in random order',
  disturb: async ({ stage, random, fault, wait }) => {
    const { kafka, databaseServer, processor, alertbot } = stage;
    const victims: Readonly<Record<string, () => Promise<void>>> = {
      processor: async () => {
        processor.kill();
        await wait(0.2);
        await untilReady(processor);
      },
      alertbot: async () => {
        alertbot.kill();
        await wait(0.2);
        await untilReady(alertbot);
      },
      broker: async () => {
        await kafka.kill(1);
        await kafka.start(1);
      },
      database: async () => {
        await databaseServer.takeAway();
        await databaseServer.giveBack();
      },
    };
    const order = Object.keys(victims).toSorted(() => random.next() - 0.5);
    for (const name of order) {
      await wait(random.between(0.5, 3));
      await fault(`${name} killed`, async () => victims[name]?.());
    }
  },
};
