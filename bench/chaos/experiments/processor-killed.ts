import type { Experiment } from '../experiment.ts';
import { killAgainAndAgain } from './parts/kill-again.ts';

export const processorKilled: Experiment = {
  name: 'processor-killed',
  does: 'kill -9 of the processor at random moments; its supervisor starts it again',
  disturb: (harm) => killAgainAndAgain(harm, { processor: harm.stage.processor }),
};
