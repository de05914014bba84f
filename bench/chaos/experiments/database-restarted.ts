import type { Experiment } from '../experiment.ts';

const AWAY_SECONDS = 8;

export const databaseRestarted: Experiment = {
  name: 'database-restarted',
  does: `the database is killed and away for ${AWAY_SECONDS} s (native: every session is ended and none let in)`,
  disturb: async ({ stage, fault, wait }) => {
    await fault('no database', async () => {
      await stage.databaseServer.takeAway();
      await wait(AWAY_SECONDS);
      await stage.databaseServer.giveBack();
    });
  },
};
