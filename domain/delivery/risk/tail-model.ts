import { DAY, type Micros } from '../../time/micros.ts';
import { fitLogistic, linear, logistic, type SparseRow } from '../statistics/logistic-regression.ts';
import { decay } from './decay.ts';
import { ExampleRing } from './example-ring.ts';
import { customerColumn, type StateColumns, sellerColumn, stateColumns } from './state-columns.ts';

/** An order whose duration is known, as it was seen by the models just before it became known. */
export interface Example {
  promisedAt: Micros;
  logSeconds: number;
  /** From the moment to the promise. */
  logPromised: number;
  /** What the duration model expected. */
  logExpected: number;
  promptness: number | null;
  customerState: string | null;
  sellerState: string | null;
  /** Log-odds of lateness that were predicted, before recalibration; null: nothing was, as there was no fit yet. */
  logit: number | null;
}

export type Question = Pick<
  Example,
  'logPromised' | 'logExpected' | 'promptness' | 'customerState' | 'sellerState'
>;

export interface Answer {
  /** Log-odds that it takes longer than promised. */
  logit: number;
  /** By how much each feature moves the log-odds away from those of a typical order. */
  reasons: { feature: string; effect: number }[];
}

/** What was learnt at a refit. */
export interface TailFit {
  coefficients: number[];
  columns: StateColumns;
  typical: { logPromised: number; logExpected: number; promptness: number };
  scale: { logExpected: number; promptness: number };
  /** Intercept and slope. */
  calibration: number[];
}

const DAY_LOG = Math.log(DAY / 1_000_000);
/** About 20 days: where the logarithm of a promise is centred. */
const CENTRE = DAY_LOG + 3;

/**
 * Log-odds -3 for 20 days, and 2.5 less for each factor of e more. It steadies a fit and is no prediction: where promises
 * are of two days, it would call nearly every order late.
 */
const PRIOR_MEANS = [-3, -2.5, 0, 0];
const PRIOR_PRECISIONS = [0.1, 0.5, 2, 2];
const STATE_PRECISION = 8;
const PLAIN_COLUMNS = PRIOR_MEANS.length;

/** Each order is asked whether it would have kept these parts of its promise: a tail is learnt from more than what fell
 * into it. */
const PROMISE_PARTS = [0.5, 0.6, 0.7, 0.8, 0.9, 1, 1.1];

/** Log-odds of the outcomes against those predicted: intercept and slope, and the weight of no change. */
const CALIBRATION_PRIOR = { means: [0, 1], precisions: [4, 40] };
const CALIBRATION_HALF_LIFE_DAYS = 60;
const MINIMUM_EXAMPLES = 50;

/**
 * The probability that a duration exceeds its promise: a logistic regression of exceeding on the logarithm of the
 * promise, what the duration model expects, promptness and states (distribution regression: Foresi and Peracchi, "The
 * conditional distribution of excess returns", JASA 90 (1995)), then recalibrated on the outcomes of its own earlier
 * predictions (Platt, 1999), the recent ones counting more.
 */
export class TailModel {
  readonly examples = new ExampleRing();
  private current: TailFit | null = null;

  /** Null while it has not been fitted. */
  ask(question: Question): Answer | null {
    if (this.current === null) return null;
    const logit = rawLogit(question, this.current);
    const [shift, slope] = this.current.calibration as [number, number];
    const reasons = reasonsOf(question, this.current).map(({ feature, effect }) => ({
      feature,
      effect: effect * slope,
    }));
    return { logit: shift + slope * logit, reasons };
  }

  learn(outcome: Omit<Example, 'logit'>): void {
    const logit = this.current === null ? null : rawLogit(outcome, this.current);
    this.examples.push({ ...outcome, logit });
  }

  /** Learns anew from the examples, as of `now`, if they are enough. The same examples give the same coefficients. */
  refit(now: Micros): void {
    const examples = this.examples.all();
    if (examples.length < MINIMUM_EXAMPLES) return;
    const frame = { ...standards(examples), columns: stateColumns(examples, PLAIN_COLUMNS) };
    const rows = examples.flatMap((example) =>
      PROMISE_PARTS.map((part): SparseRow => {
        const logPromised = example.logPromised + Math.log(part);
        const outcome = example.logSeconds > logPromised ? 1 : 0;
        return {
          ...regressors({ ...example, logPromised }, frame),
          outcome,
          weight: 1 / PROMISE_PARTS.length,
        };
      }),
    );
    const stateZeros = Object.keys(frame.columns).map(() => 0);
    const coefficients = fitLogistic(rows, {
      means: [...PRIOR_MEANS, ...stateZeros],
      precisions: [...PRIOR_PRECISIONS, ...stateZeros.map(() => STATE_PRECISION)],
    });
    this.current = { ...frame, coefficients, calibration: calibrate(examples, now) };
  }

  /** Null before there were enough examples. */
  get fit(): TailFit | null {
    return this.current;
  }

  restoreFit(fit: TailFit | null): void {
    this.current = fit;
  }
}

function rawLogit(question: Question, fit: TailFit): number {
  return linear(regressors(question, fit), fit.coefficients);
}

function reasonsOf(
  question: Question,
  { coefficients, columns, typical, scale }: TailFit,
): Answer['reasons'] {
  const effect = (column: number | undefined) => (column === undefined ? 0 : coefficients[column]!);
  const promptness = (question.promptness ?? typical.promptness) - typical.promptness;
  return [
    { feature: 'promised_time', effect: effect(1) * (question.logPromised - typical.logPromised) },
    {
      feature: 'expected_time',
      effect: (effect(2) * (question.logExpected - typical.logExpected)) / scale.logExpected,
    },
    { feature: 'seller_promptness', effect: (effect(3) * promptness) / scale.promptness },
    { feature: 'customer_state', effect: effect(customerColumn(columns, question)) },
    { feature: 'seller_state', effect: effect(sellerColumn(columns, question)) },
  ];
}

/**
 * Only of orders whose promise has passed by now: of younger ones only those in time are known, and counting them would
 * make everything look safer than it is. And only of predictions: what was learnt before the first fit had none.
 */
function calibrate(examples: readonly Example[], now: Micros): number[] {
  const rows = examples
    .filter(({ promisedAt }) => promisedAt <= now)
    .flatMap(({ logit, logSeconds, logPromised, promisedAt }): SparseRow[] => {
      if (logit === null) return [];
      const outcome = logSeconds > logPromised ? 1 : 0;
      const weight = decay(promisedAt, now, CALIBRATION_HALF_LIFE_DAYS);
      return [{ columns: [0, 1], values: [1, logit], outcome, weight }];
    });
  return fitLogistic(rows, CALIBRATION_PRIOR);
}

export function probabilityOf({ logit }: Pick<Answer, 'logit'>): number {
  return logistic(logit);
}

function regressors(
  question: Question,
  { columns, typical, scale }: Pick<TailFit, 'columns' | 'typical' | 'scale'>,
): Pick<SparseRow, 'columns' | 'values'> {
  const promptness = question.promptness ?? typical.promptness;
  const row = {
    columns: [0, 1, 2, 3],
    values: [
      1,
      question.logPromised - CENTRE,
      (question.logExpected - typical.logExpected) / scale.logExpected,
      (promptness - typical.promptness) / scale.promptness,
    ],
  };
  for (const column of [customerColumn(columns, question), sellerColumn(columns, question)]) {
    if (column === undefined) continue;
    row.columns.push(column);
    row.values.push(1);
  }
  return row;
}

function standards(examples: readonly Example[]): Pick<TailFit, 'typical' | 'scale'> {
  const expected = moments(examples.map(({ logExpected }) => logExpected));
  const promptness = moments(examples.flatMap((example) => example.promptness ?? []));
  const promised = moments(examples.map(({ logPromised }) => logPromised));
  return {
    typical: { logPromised: promised.mean, logExpected: expected.mean, promptness: promptness.mean },
    scale: { logExpected: expected.sd, promptness: promptness.sd },
  };
}

/** A spread of nothing is taken for 1, so that one may divide by it. */
function moments(values: readonly number[]): { mean: number; sd: number } {
  if (values.length === 0) return { mean: 0, sd: 1 };
  const mean = values.reduce((sum, value) => sum + value, 0) / values.length;
  const variance = values.reduce((sum, value) => sum + (value - mean) ** 2, 0) / values.length;
  return { mean, sd: variance > 1e-12 ? Math.sqrt(variance) : 1 };
}
