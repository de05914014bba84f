import type { Experiment } from '../experiment.ts';
import { withPoison } from '../stage/traffic.ts';

const SHARE = 0.3;
/** Of the time of the load. */
const FROM = 0.25;
const TO = 0.75;

export const poisonStorm: Experiment = {
  name: 'poison-storm',
  does: `${SHARE * 100} % of the records cannot be read, for half of the time`,
  traffic: (ordinary, plan) =>
    withPoison(ordinary, plan, { share: SHARE, from: plan.seconds * FROM, to: plan.seconds * TO }),
  disturb: async ({ seconds, fault, wait }) => {
    await fault('poison', () => wait(seconds * (TO - FROM)));
  },
};
