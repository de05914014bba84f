import { compareCodePoints } from '../../text/compare.ts';
import type { ScoreSums } from './score-sums.ts';

export interface ScoreSettings {
  /** How much each part counts; only their proportion matters. Not all 0. */
  weights: { speed: number; reliability: number; satisfaction: number };
  /** A preparation of so many seconds has speed 1/2. */
  speedHalfSeconds: number;
  /** The mean of all sellers counts as much as so many orders of the seller's own. */
  pseudoCount: number;
  /** With fewer orders in a month nobody takes part in the seller of the month. */
  monthMinimum: number;
}

/** Each from 0 (worst) to 1. */
export interface ScoreParts {
  speed: number;
  reliability: number;
  satisfaction: number;
}

export interface SellerScore extends ScoreParts {
  sellerId: string;
  /** Weighted mean of the three parts. */
  score: number;
  /** 1 is the best. Equal scores share a rank, and the next one is left out. */
  rank: number;
}

/** Without any data of anybody. */
const UNKNOWN = 0.5;

/** 1 for no time at all, 1/2 at `halfSeconds`, towards 0 for ever: every preparation counts, none without bound. */
export function speedOf(seconds: number, halfSeconds: number): number {
  return halfSeconds / (halfSeconds + Math.max(0, seconds));
}

/**
 * Scores and ranks these sellers against each other. Best first; of equal ones first the one with more orders, then by
 * id (code points).
 *
 * Each part is the mean of a value from 0 to 1 over the seller's orders (speed of each preparation; 1 for each delivery
 * in time; (score - 1) / 4 for each review), shrunk towards the mean over the orders of all: (sum + k mean) / (n + k),
 * k the pseudo-count. That is the credibility estimate with fixed k of Bühlmann, "Experience rating and credibility",
 * ASTIN Bulletin 4 (1967): a seller with k orders counts half by itself, half as the average one.
 */
export function scoreSellers(
  sellers: ReadonlyMap<string, ScoreSums>,
  { weights, pseudoCount }: Pick<ScoreSettings, 'weights' | 'pseudoCount'>,
): SellerScore[] {
  // Sums of floats depend on their order; by id it is the same after a restart.
  const byId = [...sellers].sort(([a], [b]) => compareCodePoints(a, b));
  const prior = meanOfAll(byId.map(([, sums]) => sums));
  const weight = weights.speed + weights.reliability + weights.satisfaction;
  const scored = byId.map(([sellerId, sums]) => {
    const parts = shrunkParts(sums, prior, pseudoCount);
    const score =
      (weights.speed * parts.speed +
        weights.reliability * parts.reliability +
        weights.satisfaction * parts.satisfaction) /
      weight;
    return { sellerId, orders: sums.orders, score, ...parts };
  });
  scored.sort((a, b) => b.score - a.score || b.orders - a.orders);
  let rank = 0;
  return scored.map(({ orders: _, ...seller }, index) => {
    if (index === 0 || seller.score !== scored[index - 1]?.score) rank = index + 1;
    return { ...seller, rank };
  });
}

/** The part of each value: its sum, and over how many. */
const PARTS: Readonly<Record<keyof ScoreParts, (sums: ScoreSums) => { sum: number; n: number }>> = {
  speed: ({ speedSum, preparations }) => ({ sum: speedSum, n: preparations }),
  reliability: ({ deliveries, late }) => ({ sum: deliveries - late, n: deliveries }),
  satisfaction: ({ reviewSum, reviews }) => ({ sum: (reviewSum - reviews) / 4, n: reviews }),
};

function meanOfAll(all: readonly ScoreSums[]): ScoreParts {
  return eachPart((of) => {
    const sums = all.map(of);
    const n = sums.reduce((total, part) => total + part.n, 0);
    return n === 0 ? UNKNOWN : sums.reduce((total, part) => total + part.sum, 0) / n;
  });
}

function shrunkParts(own: ScoreSums, prior: ScoreParts, k: number): ScoreParts {
  return eachPart((of, part) => {
    const { sum, n } = of(own);
    return n + k === 0 ? prior[part] : (sum + k * prior[part]) / (n + k);
  });
}

function eachPart(
  value: (of: (sums: ScoreSums) => { sum: number; n: number }, part: keyof ScoreParts) => number,
): ScoreParts {
  return {
    speed: value(PARTS.speed, 'speed'),
    reliability: value(PARTS.reliability, 'reliability'),
    satisfaction: value(PARTS.satisfaction, 'satisfaction'),
  };
}
