import { solvePositiveDefinite } from './solve-positive-definite.ts';

/** An observation with few non-zero regressors. */
export interface SparseRow {
  columns: readonly number[];
  values: readonly number[];
  outcome: 0 | 1;
  weight: number;
}

/** A normal prior of the coefficients: their means, and one over their variances. */
export interface Prior {
  means: readonly number[];
  precisions: readonly number[];
}

const MAXIMUM_STEPS = 50;
const CONVERGED = 1e-7;
const SHORTEST_STEP = 1e-6;

/**
 * The posterior mode of a logistic regression with a normal prior, by Newton's method (iteratively reweighted least
 * squares: McCullagh and Nelder, Generalized Linear Models, 2nd ed., section 4.4). With a positive precision for each
 * coefficient the objective is strictly convex, so there is one answer.
 */
export function fitLogistic(rows: readonly SparseRow[], prior: Prior): number[] {
  let here = derivatives(rows, prior, [...prior.means]);
  for (let step = 0; step < MAXIMUM_STEPS; step += 1) {
    const direction = solvePositiveDefinite(here.hessian, here.gradient);
    let length = 1;
    let next = derivatives(rows, prior, moved(here.coefficients, direction, length));
    // A full step can overshoot far from the optimum.
    while (next.loss > here.loss && length > SHORTEST_STEP) {
      length /= 2;
      next = derivatives(rows, prior, moved(here.coefficients, direction, length));
    }
    if (next.loss > here.loss) break;
    here = next;
    if (Math.max(...direction.map(Math.abs)) < CONVERGED) break;
  }
  return here.coefficients;
}

export function logistic(logit: number): number {
  return 1 / (1 + Math.exp(-logit));
}

export function linear(
  { columns, values }: Pick<SparseRow, 'columns' | 'values'>,
  by: readonly number[],
): number {
  let sum = 0;
  for (let i = 0; i < columns.length; i += 1) sum += by[columns[i]!]! * values[i]!;
  return sum;
}

function moved(from: readonly number[], direction: readonly number[], length: number): number[] {
  return from.map((value, i) => value - length * direction[i]!);
}

interface Derivatives {
  coefficients: number[];
  /** Negative log-posterior, its gradient and its matrix of second derivatives. */
  loss: number;
  gradient: number[];
  hessian: number[][];
}

function derivatives(
  rows: readonly SparseRow[],
  { means, precisions }: Prior,
  coefficients: number[],
): Derivatives {
  const away = coefficients.map((value, i) => value - means[i]!);
  let loss = away.reduce((sum, distance, i) => sum + (precisions[i]! * distance ** 2) / 2, 0);
  const gradient = away.map((distance, i) => precisions[i]! * distance);
  const hessian = precisions.map((precision, i) => precisions.map((_, j) => (i === j ? precision : 0)));
  for (const row of rows) {
    const { columns, values, outcome, weight } = row;
    const logit = linear(row, coefficients);
    const p = logistic(logit);
    // log(1 + e^x) without overflow.
    const wrong = outcome === 1 ? -logit : logit;
    loss += weight * (Math.max(wrong, 0) + Math.log1p(Math.exp(-Math.abs(wrong))));
    const slope = weight * (p - outcome);
    const curvature = weight * p * (1 - p);
    for (let i = 0; i < columns.length; i += 1) {
      const value = values[i]!;
      gradient[columns[i]!]! += slope * value;
      const line = hessian[columns[i]!]!;
      for (let j = 0; j < columns.length; j += 1) line[columns[j]!]! += curvature * value * values[j]!;
    }
  }
  return { coefficients, loss, gradient, hessian };
}
