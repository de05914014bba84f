/** A partition with records beyond its position. */
export interface Behind {
  partition: number;
  /** Offset of the oldest of them. */
  next: number;
}

/** For each partition the first offset whose timestamp is at or after a time (ms since 1970), the end if there is none. */
export type OffsetsAt = (timestampMs: number) => Promise<ReadonlyMap<number, number>>;

/** Past the age of any record. */
const OLDEST_SECONDS = 2 ** 31;
const PRECISION = 0.05;

/**
 * How old the oldest unprocessed record of each partition is, in seconds, at most 5 % (or a second) too much. Asks the
 * broker's time index, so nothing is fetched: one request for all partitions while they are under a second behind, else
 * one for each doubling of the age and four for each partition.
 */
export async function recordAges(
  behind: readonly Behind[],
  nowMs: number,
  offsetsAt: OffsetsAt,
): Promise<Map<number, number>> {
  const ages = new Map<number, number>();
  /** Whether the record is at most so old. */
  const isYounger = (offsets: ReadonlyMap<number, number>, { partition, next }: Behind) =>
    (offsets.get(partition) ?? 0) <= next;
  let open = [...behind];
  for (let age = 1; open.length > 0; age *= 2) {
    const offsets = age < OLDEST_SECONDS ? await offsetsAt(nowMs - age * 1000) : new Map<number, number>();
    const found = open.filter((one) => isYounger(offsets, one));
    open = open.filter((one) => !found.includes(one));
    for (const one of found) ages.set(one.partition, age <= 1 ? 1 : await narrow(one, age / 2, age));
  }
  return ages;

  async function narrow(one: Behind, younger: number, older: number): Promise<number> {
    let [low, high] = [younger, older];
    while (high - low > high * PRECISION) {
      const middle = (low + high) / 2;
      if (isYounger(await offsetsAt(Math.round(nowMs - middle * 1000)), one)) high = middle;
      else low = middle;
    }
    return high;
  }
}
