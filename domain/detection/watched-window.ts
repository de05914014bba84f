import type { Micros } from '../time/micros.ts';
import type { Model, WindowSums } from './models/model.ts';
import type { RecentSteps } from './recent-steps.ts';
import { type Expectation, standardError } from './seasonal-mean.ts';
import { WindowScatter } from './window-scatter.ts';

/**
 * A long window is looked at as often as a short one, but hardly changes from step to step, so that it has fewer chances
 * to be wrong: for as many false alarms from each, by simulation, the threshold may be lower by that with each e-fold.
 */
const RELIEF = 0.08;

/** The last steps of a series, so many of them, and how much they deviate together. */
export class WatchedWindow {
  readonly steps: number;
  readonly sums: WindowSums = { observed: 0, expected: 0, n: 0 };
  readonly scatter: WindowScatter;
  /** In standard deviations, and before that was corrected for the series' own tails. */
  deviation = 0;
  raw = 0;
  private readonly model: Model;
  private readonly span: Micros;
  private error = 0;
  private readonly relief: number;

  /** @param step length of a step @param keep share of what was known that is left after a step */
  constructor(model: Model, steps: number, step: Micros, keep: number) {
    this.model = model;
    this.steps = steps;
    this.span = steps * step;
    this.relief = 1 + RELIEF * Math.log(steps);
    this.scatter = new WindowScatter(model, keep, steps);
  }

  /** @param shorter window whose sums it continues, which was judged before it; null for the first */
  judge(recent: RecentSteps, shorter: WatchedWindow | null, expectation: Expectation, spread: number): void {
    const { sums } = this;
    sums.observed = shorter?.sums.observed ?? 0;
    sums.expected = shorter?.sums.expected ?? 0;
    sums.n = shorter?.sums.n ?? 0;
    recent.add(sums, shorter?.steps ?? 0, this.steps);
    this.error = standardError(expectation, this.span);
    this.raw = sums.n > 0 ? this.model.deviation(sums, this.variance(sums, spread)) : 0;
    this.deviation = this.raw / this.scatter.scale();
  }

  /** The deviation with its sign, comparable between windows: of so many standard deviations of a single step. */
  get weight(): number {
    return this.deviation * this.relief;
  }

  /** @param count of known steps: the tail learns from windows that do not overlap */
  learnTail(count: number): void {
    if (this.sums.n > 0 && count % this.steps === 0) this.scatter.learnTail(this.raw);
  }

  /** Of what is seen in such a window. */
  variance(sums: WindowSums, spread: number): number {
    return this.scatter.variance(sums, this.error, spread);
  }

  learn(spread: number): void {
    if (this.sums.n > 0) this.scatter.learn(this.sums, this.error, spread, this.raw);
  }
}
