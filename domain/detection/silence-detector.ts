import { DAY, type Micros } from '../time/micros.ts';
import type { SeriesPoint } from './series-point.ts';
import { StateReader, StateWriter } from './state-bytes.ts';
import type { Verdict } from './verdict.ts';

const FORMAT = 100;

/** Of what was heard of in fewer steps nothing is said. */
const FIRST_STEPS = 24;
/** Signs of life get lost for reasons that nobody has seen yet: no more regular than this is anything. */
const LEAST_LOSS = 0.01;
/** How fast the share of lost ones follows. */
const LEAST_GAIN = 1 / 2000;
/** A silence is anomalous when one of its length comes once in so many. */
const ONCE_IN = 9e5;
const CERTAIN_ONCE_IN = 9e7;
/** Fewer steps of silence are none. */
const SHORTEST = 3;
/** Who is silent for so long is usually silent. */
const LEARNT_AFTER: Micros = DAY;

/**
 * Looks for silence of something that is expected in every step, such as a sign of life. What is usual is the share of
 * steps in which it gets lost; a silence of k steps then has the probability share^k, and deviates by the root of its
 * deviance, sqrt(-2 ln share^k). Constant time and memory for each step.
 */
export class SilenceDetector {
  private readonly step: Micros;
  private lastAt: Micros | null = null;
  /** Steps in which it was heard. */
  private heard = 0;
  /** Steps of which it is known whether it was, up to 1 / LEAST_GAIN. */
  private known = 0;
  private loss = LEAST_LOSS;
  /** Steps of silence up to now. */
  private silent = 0;

  /** @param step length of a step; the same for all points */
  constructor(step: Micros) {
    if (!(step > 0)) throw new RangeError(`a step has to be longer than 0 microseconds, not ${step}`);
    this.step = step;
  }

  /**
   * Judges a step by those before it, then learns from it. `n` of 0, or a step that is left out: it is not known, and a
   * silence before it is no part of one after it.
   *
   * @throws RangeError for a point that is not later than the last one
   */
  observe({ at, sum, n }: SeriesPoint): Verdict {
    if (this.lastAt !== null && at <= this.lastAt)
      throw new RangeError(`points in order, please: ${at} came after ${this.lastAt}`);
    if (!(n > 0) || (this.lastAt !== null && at - this.lastAt > this.step)) this.silent = 0;
    this.lastAt = at;
    const isHeard = sum > 0;
    const before = this.silent;
    if (n > 0) this.silent = isHeard ? 0 : this.silent + 1;
    const verdict = this.verdict(at, n > 0 ? Number(isHeard) : null);
    if (n > 0 && isHeard) this.learnHeard(before);
    else if (n > 0 && this.silent * this.step > LEARNT_AFTER) this.learn(1);
    return verdict;
  }

  encode(): Uint8Array {
    const writer = new StateWriter();
    writer.byte(FORMAT);
    const numbers = [this.step, this.lastAt ?? Number.NaN, this.heard, this.known, this.loss, this.silent];
    for (const value of numbers) writer.number(value);
    return writer.finish();
  }

  /** @throws RangeError for bytes that {@link encode} did not write */
  static decode(bytes: Uint8Array): SilenceDetector {
    const reader = new StateReader(bytes);
    const format = reader.byte();
    if (format !== FORMAT)
      throw new RangeError(`state of format ${format} is unknown: delete it, the series is learned anew`);
    const detector = new SilenceDetector(reader.number());
    const lastAt = reader.number();
    detector.lastAt = Number.isNaN(lastAt) ? null : lastAt;
    detector.heard = reader.number();
    detector.known = reader.number();
    detector.loss = reader.number();
    detector.silent = reader.number();
    reader.finish();
    return detector;
  }

  private verdict(at: Micros, observed: number | null): Verdict {
    if (this.heard < FIRST_STEPS) {
      const nothing = { expected: null, low: null, high: null, score: 0, deviation: 0, steps: 1 };
      return { at, observed, ...nothing, anomalous: false, severity: null };
    }
    const rarity = -this.silent * Math.log(Math.max(this.loss, LEAST_LOSS));
    const anomalous = this.silent >= SHORTEST && rarity >= Math.log(ONCE_IN);
    return {
      at,
      observed,
      expected: 1 - this.loss,
      low: 0,
      high: 1,
      score: 1 - 2 ** (-rarity / Math.log(ONCE_IN)),
      deviation: this.silent === 0 ? 0 : -Math.sqrt(2 * rarity),
      steps: Math.max(1, this.silent),
      anomalous,
      severity: anomalous ? (rarity >= Math.log(CERTAIN_ONCE_IN) ? 'critical' : 'warning') : null,
    };
  }

  /** A silence is learnt of when it is over, and only one that was none: an outage is not to make the next one usual. */
  private learnHeard(silentBefore: number): void {
    this.heard += 1;
    if (silentBefore < SHORTEST) for (let step = 0; step < silentBefore; step += 1) this.learn(1);
    this.learn(0);
  }

  private learn(lost: 0 | 1): void {
    this.known = Math.min(this.known + 1, 1 / LEAST_GAIN);
    this.loss += (lost - this.loss) / Math.max(this.known, FIRST_STEPS);
  }
}
