import type { Experiment } from '../experiment.ts';
import { alertbotKilled } from './alertbot-killed.ts';
import { brokerKilled } from './broker-killed.ts';
import { clockJumps } from './clock-jumps.ts';
import { controllerKilled } from './controller-killed.ts';
import { databaseRestarted } from './database-restarted.ts';
import { diskFull } from './disk-full.ts';
import { everythingKilled } from './everything-killed.ts';
import { leaderKilled } from './leader-killed.ts';
import { poisonStorm } from './poison-storm.ts';
import { poolExhausted } from './pool-exhausted.ts';
import { processorKilled } from './processor-killed.ts';
import { producersClocks } from './producers-clocks.ts';
import { rebalances } from './rebalances.ts';
import { registryOutage } from './registry-outage.ts';
import { slackOutage } from './slack-outage.ts';
import { slowNetwork } from './slow-network.ts';
import { twoOfThreeAway } from './two-of-three-away.ts';

/** In the order in which they are run. */
export const EXPERIMENTS: readonly Experiment[] = [
  processorKilled,
  alertbotKilled,
  everythingKilled,
  brokerKilled,
  leaderKilled,
  controllerKilled,
  twoOfThreeAway,
  databaseRestarted,
  diskFull,
  poolExhausted,
  clockJumps,
  producersClocks,
  slowNetwork,
  slackOutage,
  registryOutage,
  rebalances,
  poisonStorm,
];
