import type { Micros } from '../time/micros.ts';
import { type CustomerHistory, inDays } from './customer-history.ts';
import { logGamma } from './log-gamma.ts';
import { minimize } from './minimize.ts';

/** Rates of ordering are Gamma(r, alpha) distributed, with time in days; chances to leave after an order Beta(a, b). */
export interface BgNbdParameters {
  r: number;
  alpha: number;
  a: number;
  b: number;
}

/** Of an online shop, from the paper: r .243, alpha 4.414 weeks, a .793, b 2.426. */
export const USUAL_BG_NBD: BgNbdParameters = { r: 0.243, alpha: 4.414 * 7, a: 0.793, b: 2.426 };

const STEPS = 200;
/** In logarithms, how far parameters are drawn to the usual ones: there may be hardly anything to learn them from. */
const PRIOR_PRECISION = 0.5;

interface Counts {
  /** Orders after the first. */
  x: number;
  /** Days from the first order to the last, and to now. */
  last: number;
  now: number;
}

/**
 * Fits "buy till you die" to customers as of a moment: orders come at a rate of each customer's own, until the customer
 * leaves after one of them (Fader, Hardie and Lee, "Counting your customers" the easy way: an alternative to the Pareto/NBD
 * model, 2005). The mode with a weak normal prior on the logarithms.
 */
export function fitBgNbd(customers: readonly CustomerHistory[], now: Micros): BgNbdParameters {
  const counts = customers.map((one) => countsOf(one, now));
  const usual = logsOf(USUAL_BG_NBD);
  const loss = (point: readonly number[]) => {
    const parameters = fromLogs(point);
    let sum = point.reduce((total, value, i) => total + (PRIOR_PRECISION * (value - usual[i]!) ** 2) / 2, 0);
    for (const one of counts) sum -= logLikelihood(one, parameters);
    return Number.isNaN(sum) ? Number.POSITIVE_INFINITY : sum;
  };
  return fromLogs(minimize(loss, usual, STEPS));
}

/** P(no order in the next `horizon`). Closed: given that a customer is still there, the rate is Gamma(r + x, alpha + T). */
export function silenceProbability(
  history: CustomerHistory,
  now: Micros,
  horizon: Micros,
  parameters: BgNbdParameters,
): number {
  const { r, alpha, a, b } = parameters;
  const { x, last, now: age } = countsOf(history, now);
  const left = x === 0 ? 0 : (a / (b + x - 1)) * ((alpha + age) / (alpha + last)) ** (r + x);
  const alive = 1 / (1 + left);
  const silentThough = ((alpha + age) / (alpha + age + inDays(horizon))) ** (r + x);
  return 1 - alive * (1 - silentThough);
}

/** Equation 6 of the paper, in logarithms. */
function logLikelihood({ x, last, now }: Counts, { r, alpha, a, b }: BgNbdParameters): number {
  const rate = logGamma(r + x) - logGamma(r) + r * Math.log(alpha);
  const staying = logGamma(a + b) + logGamma(b + x) - logGamma(b) - logGamma(a + b + x);
  const stayed = -(r + x) * Math.log(alpha + now);
  if (x === 0) return rate + staying + stayed;
  const left = Math.log(a) - Math.log(b + x - 1) - (r + x) * Math.log(alpha + last);
  const larger = Math.max(stayed, left);
  return rate + staying + larger + Math.log(Math.exp(stayed - larger) + Math.exp(left - larger));
}

function countsOf({ orders, firstAt, lastAt }: CustomerHistory, now: Micros): Counts {
  return { x: orders - 1, last: inDays(lastAt - firstAt), now: inDays(now - firstAt) };
}

function logsOf({ r, alpha, a, b }: BgNbdParameters): number[] {
  return [r, alpha, a, b].map(Math.log);
}

function fromLogs(logs: readonly number[]): BgNbdParameters {
  // A likelihood can be flat towards infinity, where gamma functions overflow.
  const [r = 0, alpha = 0, a = 0, b = 0] = logs.map((value) => Math.exp(Math.max(-12, Math.min(12, value))));
  return { r, alpha, a, b };
}
