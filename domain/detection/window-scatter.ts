import type { Model, WindowSums } from './models/model.ts';
import type { StateReader, StateWriter } from './state-bytes.ts';
import { TailScale } from './tail-scale.ts';

/** A squared deviation beyond that is an incident's, not the series' own. */
const MOST_DEVIATIONS = 3;
/** What is supposed at first counts as so many steps. */
const PRIOR_STEPS = 150;
const PRIOR_WEIGHT = 40;
/** Mean of min(z^2, 9) of a standard normal z. */
const CLIPPED_SQUARE = 0.995;
const LEAST_SCALE = 0.9;

/**
 * How much a series scatters in windows of one length, learned from itself. Longer windows have their own: what goes
 * on for hours, such as weather, does not even out as chance does.
 */
export class WindowScatter {
  private readonly model: Model;
  private readonly keep: number;
  private dispersions: number;
  private weights = PRIOR_WEIGHT;
  private squares = PRIOR_STEPS;
  private steps = PRIOR_STEPS;
  private readonly tail: TailScale;

  /** @param keep share of what was known that is left after a step @param length of the window, in steps */
  constructor(model: Model, keep: number, length: number) {
    this.model = model;
    this.tail = new TailScale(keep ** length);
    this.keep = keep;
    this.dispersions = PRIOR_WEIGHT * model.firstDispersion;
  }

  /** Beyond chance and beyond the error of the mean, which is given as a share of it. */
  variance(window: WindowSums, error: number, spread: number): number {
    const { sampling, unit } = this.model;
    return sampling(window, spread) + this.dispersion() * unit(window) + (error * window.expected) ** 2;
  }

  /** By what deviations are larger than the model's. */
  scale(): number {
    return this.middle() * this.tail.factor();
  }

  /** Of a window that shares no step with the last one that was given. @param deviation as in {@link learn} */
  learnTail(deviation: number): void {
    this.tail.learn(deviation / this.middle());
  }

  /** @param deviation of the window, before it is divided by the scale */
  learn(window: WindowSums, error: number, spread: number, deviation: number): void {
    const variance = this.variance(window, error, spread);
    const unit = this.model.unit(window);
    if (variance <= 0 || unit <= 0) return;
    const square = Math.min((window.observed - window.expected) ** 2, MOST_DEVIATIONS ** 2 * variance);
    const rest = square - this.model.sampling(window, spread) - (error * window.expected) ** 2;
    // Steps say as much of the dispersion as their variance comes from it.
    const weight = ((this.dispersion() * unit) / variance) ** 2;
    this.dispersions = this.dispersions * this.keep + (weight * rest) / unit;
    this.weights = this.weights * this.keep + weight;
    this.squares = this.squares * this.keep + Math.min(deviation * deviation, MOST_DEVIATIONS ** 2);
    this.steps = this.steps * this.keep + 1;
  }

  encode(writer: StateWriter): void {
    for (const value of [this.dispersions, this.weights, this.squares, this.steps]) writer.number(value);
    this.tail.encode(writer);
  }

  restore(reader: StateReader): void {
    this.dispersions = reader.number();
    this.weights = reader.number();
    this.squares = reader.number();
    this.steps = reader.number();
    this.tail.restore(reader);
  }

  private middle(): number {
    return Math.max(LEAST_SCALE, Math.sqrt(this.squares / this.steps / CLIPPED_SQUARE));
  }

  private dispersion(): number {
    return Math.max(this.model.leastDispersion, this.dispersions / this.weights);
  }
}
