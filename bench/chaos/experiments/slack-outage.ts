import type { Experiment } from '../experiment.ts';

const AWAY_SECONDS = 12;
const DOUBTFUL_CALLS = 10;

export const slackOutage: Experiment = {
  name: 'slack-outage',
  does: `Slack answers 503 for ${AWAY_SECONDS} s, and then breaks the next ${DOUBTFUL_CALLS} connections after it has stored the message`,
  disturb: async ({ stage, fault, wait }) => {
    const { faults } = stage.slack;
    await fault('no Slack', async () => {
      const outage = faults.set({ kind: 'http', status: 503 });
      await wait(AWAY_SECONDS);
      faults.clear(outage.id);
      faults.set({ kind: 'drop_after_store', method: 'chat.postMessage', remaining: DOUBTFUL_CALLS });
    });
  },
};
