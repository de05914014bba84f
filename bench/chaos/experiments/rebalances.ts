import type { Experiment } from '../experiment.ts';
import type { ProgramStage } from '../stage/program.ts';

const OTHERS = 2;
const ROUNDS = 3;

export const rebalances: Experiment = {
  name: 'rebalances',
  does: 'a second and a third processor join the group and leave it, by SIGTERM and by SIGKILL, every few seconds',
  disturb: async ({ stage, random, fault, wait }) => {
    await fault('rebalances', async () => {
      for (let round = 1; round <= ROUNDS; round += 1) {
        const others: ProgramStage[] = [];
        try {
          for (let n = 0; n < OTHERS; n += 1) {
            others.push(await stage.anotherProcessor(`processor-${round}-${n + 2}`));
            await wait(random.between(1, 3));
          }
        } finally {
          for (const other of others) {
            if (random.chance(0.5)) other.kill();
            await other.stop();
          }
        }
      }
    });
  },
};
