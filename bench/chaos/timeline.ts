/** What was seen at a moment. */
export interface Sample {
  /** Seconds since the load began. */
  at: number;
  /** Records in Kafka that are not in the database yet. */
  lag: number;
  /** Records that should have been sent and that Kafka has not taken yet. */
  unsent: number;
}

/** An interval in which something is wrong. */
export interface Fault {
  what: string;
  /** Seconds since the load began. */
  from: number;
  to: number;
}

export interface Recovery {
  /** Seconds from the end of the last fault until nothing that is over a second old was waiting any more; null: never. */
  seconds: number | null;
  /** Most records that waited, in Kafka and before it. */
  mostWaiting: number;
}

/**
 * When the pipeline had caught up after the last fault: the load goes on, so lag is never exactly zero, but what came
 * within the last second is no backlog. A first look below counts only if no later one within five seconds is above.
 *
 * @param rate records a second
 */
export function recoveryOf(samples: readonly Sample[], faults: readonly Fault[], rate: number): Recovery {
  const waiting = ({ lag, unsent }: Sample) => lag + unsent;
  const mostWaiting = samples.reduce((most, sample) => Math.max(most, waiting(sample)), 0);
  const over = faults.reduce((latest, { to }) => Math.max(latest, to), 0);
  const after = samples.filter(({ at }) => at >= over);
  const caughtUp = after.find(
    (sample) =>
      waiting(sample) <= rate &&
      after.every((later) => later.at < sample.at || later.at > sample.at + 5 || waiting(later) <= 2 * rate),
  );
  return { seconds: caughtUp === undefined ? null : Math.max(0, caughtUp.at - over), mostWaiting };
}
