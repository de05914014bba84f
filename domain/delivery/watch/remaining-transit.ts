import { type Micros, SECOND } from '../../time/micros.ts';
import type { RouteEstimate } from '../routes/route-book.ts';

export interface RemainingTransit {
  /** That it arrives after the promise; 0 without one. */
  probability: number;
  earliestAt: Micros;
  /** The median. */
  expectedAt: Micros;
  latestAt: Micros;
}

/** Steps of the bisection: a part in a billion. */
const STEPS = 30;

/**
 * When a trip that is still under way will end: the distribution of the route's lead times, given that it has taken
 * `now - handedOverAt` already, P(T > t | T > s) = (1 - F(t)) / (1 - F(s)).
 */
export function remainingTransit(
  estimate: Pick<RouteEstimate, 'quantileSeconds'>,
  { handedOverAt, promisedAt, now }: { handedOverAt: Micros; promisedAt: Micros | null; now: Micros },
): RemainingTransit {
  const done = probabilityWithin(estimate, (now - handedOverAt) / SECOND);
  const at = (p: number) =>
    Math.max(now, handedOverAt + Math.round(estimate.quantileSeconds(done + (1 - done) * p) * SECOND));
  return { probability: lateness(), earliestAt: at(0.1), expectedAt: at(0.5), latestAt: at(0.9) };

  function lateness(): number {
    if (promisedAt === null) return 0;
    if (promisedAt <= now) return 1;
    const inTime = probabilityWithin(estimate, (promisedAt - handedOverAt) / SECOND);
    return Math.min(1, Math.max(0, (1 - inTime) / (1 - done)));
  }
}

/** F(seconds), the inverse of the quantile function; below 1, so that something always remains. */
function probabilityWithin(estimate: Pick<RouteEstimate, 'quantileSeconds'>, seconds: number): number {
  let low = 0;
  let high = 1;
  for (let step = 0; step < STEPS; step += 1) {
    const middle = (low + high) / 2;
    if (estimate.quantileSeconds(middle) <= seconds) low = middle;
    else high = middle;
  }
  return low;
}
