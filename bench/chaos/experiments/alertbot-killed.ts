import type { Experiment } from '../experiment.ts';
import { killAgainAndAgain } from './parts/kill-again.ts';

export const alertbotKilled: Experiment = {
  name: 'alertbot-killed',
  does: 'kill -9 of the alertbot at random moments, while Slack takes 200 ms for each call',
  disturb: async (harm) => {
    const slow = harm.stage.slack.faults.set({ kind: 'latency', ms: 200 });
    await killAgainAndAgain(harm, { alertbot: harm.stage.alertbot });
    harm.stage.slack.faults.clear(slow.id);
  },
};
