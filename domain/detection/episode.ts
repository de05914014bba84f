import type { StateReader, StateWriter } from './state-bytes.ts';

/** Log-likelihood ratio at which a series is taken to be back: e^4, about 50 to 1. */
const BACK = 4;
/** One step alone, however close to what is expected, ends nothing. */
const FEWEST_STEPS = 2;
/** However large an effect is, a step counts no more than that, in standard deviations. */
const LARGEST_EFFECT = 4;
const SMALLEST_EFFECT = 0.3;

/**
 * A time in which a series deviates, and the test of when it is over: a cumulative sum of how much likelier each step is
 * as a usual one than as one more like those so far. A small effect takes long to be told from nothing, a large one two
 * steps; a threshold on the longest window would hold on for as long as the window remembers.
 */
export class Episode {
  /** Steps since it began. */
  steps: number;
  /** 1 above what is expected, -1 below. */
  readonly direction: number;
  private deviations: number;
  private back = 0;
  private usualSteps = 0;

  /** @param deviation of the window of so many steps in which it was noticed */
  constructor(deviation: number, steps: number) {
    this.direction = Math.sign(deviation);
    this.steps = steps;
    this.deviations = Math.abs(deviation) * Math.sqrt(steps);
  }

  /** @param deviation of the step alone. True if it is over; then {@link usual} says for how many steps. */
  observe(deviation: number): boolean {
    const along = Math.max(-LARGEST_EFFECT, Math.min(LARGEST_EFFECT, this.direction * deviation));
    const effect = Math.min(LARGEST_EFFECT, Math.max(SMALLEST_EFFECT, this.deviations / this.steps));
    this.back += (effect * effect) / 2 - along * effect;
    this.usualSteps += 1;
    if (this.back <= 0) {
      this.back = 0;
      this.usualSteps = 0;
    }
    this.steps += 1;
    this.deviations += along;
    return this.back >= BACK && this.usualSteps >= FEWEST_STEPS;
  }

  /** Steps up to now that look usual. */
  get usual(): number {
    return this.usualSteps;
  }

  encode(writer: StateWriter): void {
    for (const value of [this.direction, this.steps, this.deviations, this.back, this.usualSteps]) {
      writer.number(value);
    }
  }

  static decode(reader: StateReader): Episode {
    const episode = new Episode(reader.number(), 1);
    episode.steps = reader.number();
    episode.deviations = reader.number();
    episode.back = reader.number();
    episode.usualSteps = reader.number();
    return episode;
  }
}
