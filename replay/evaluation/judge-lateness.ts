import { bootstrapInterval, type Interval } from '../../domain/statistics/bootstrap.ts';
import {
  averagePrecision,
  brierScore,
  calibrationError,
  type Judged,
  type ReliabilityBin,
  reliability,
  rocAuc,
  rocCurve,
} from '../../domain/statistics/classification.ts';
import type { ModelPrediction, Outcome } from './prediction-log.ts';

export interface Method {
  name: string;
  auc: number;
  aucInterval: Interval;
  averagePrecision: number;
  averagePrecisionInterval: Interval;
  /** Null for a method that ranks only. */
  brier: number | null;
  calibrationError: number | null;
}

export interface LatenessReport {
  moment: string;
  orders: number;
  late: number;
  methods: Method[];
  /** Of the model that goes on learning. */
  bins: ReliabilityBin[];
  roc: [number, number][];
}

/** Just short of no time, so that one may divide by it. */
const LEAST_SECONDS = 3600;

/** Judges those of the outcomes that have a promise and that every method had something to say of. */
export function judgeLateness(moment: string, outcomes: readonly Outcome[]): LatenessReport {
  const comparable = outcomes.filter(
    ({ online, frozen, pairSeconds, promisedSeconds }) =>
      online !== null && frozen !== null && pairSeconds !== null && promisedSeconds !== null,
  );
  const ranked = (score: (outcome: Outcome) => number): Judged[] =>
    comparable.map((outcome) => ({ score: score(outcome), happened: outcome.late }));
  const model = (which: 'online' | 'frozen') =>
    ranked((outcome) => (outcome[which] as ModelPrediction).probability);
  const remaining = ({ promisedSeconds }: Outcome) => Math.max(promisedSeconds ?? 0, LEAST_SECONDS);
  const bins = reliability(model('online'));
  return {
    moment,
    orders: comparable.length,
    late: comparable.filter(({ late }) => late).length,
    methods: [
      judged(
        'base rate so far',
        ranked(({ baseRate }) => baseRate),
        true,
      ),
      judged(
        'promised date alone',
        ranked((outcome) => -remaining(outcome)),
        false,
      ),
      judged(
        'mean of the state pair / remaining promise',
        ranked((outcome) => (outcome.pairSeconds ?? 0) / remaining(outcome)),
        false,
      ),
      judged('model, stopped learning at the end of training', model('frozen'), true),
      judged('model, goes on learning from outcomes', model('online'), true),
    ],
    bins,
    roc: rocCurve(model('online')),
  };
}

function judged(name: string, sample: readonly Judged[], isProbability: boolean): Method {
  return {
    name,
    auc: rocAuc(sample),
    aucInterval: bootstrapInterval(sample, rocAuc),
    averagePrecision: averagePrecision(sample),
    averagePrecisionInterval: bootstrapInterval(sample, averagePrecision),
    brier: isProbability ? brierScore(sample) : null,
    calibrationError: isProbability ? calibrationError(reliability(sample)) : null,
  };
}
