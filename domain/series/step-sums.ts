import type { Dimension } from './dimensions.ts';
import type { Measure, MeasureSums } from './measures.ts';

/** Sums of the measures of one step: by measure, dimension, and value of the dimension. */
export class StepSums {
  private readonly sums = new Map<string, Map<string, MeasureSums>>();

  /** All values of a measure in a dimension. */
  of(measure: Measure, dimension: Dimension): ReadonlyMap<string, Readonly<MeasureSums>> {
    return this.sums.get(`${measure} ${dimension}`) ?? NOTHING;
  }

  /** Adds to what is there. */
  add(measure: Measure, dimension: Dimension, value: string, { n, sum, squares }: MeasureSums): void {
    const key = `${measure} ${dimension}`;
    const values = this.sums.get(key) ?? new Map<string, MeasureSums>();
    this.sums.set(key, values);
    const known = values.get(value);
    if (known === undefined) values.set(value, { n, sum, squares });
    else {
      known.n += n;
      known.sum += sum;
      known.squares += squares;
    }
  }
}

const NOTHING: ReadonlyMap<string, MeasureSums> = new Map();
