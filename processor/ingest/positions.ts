/** Where this instance stands in a partition, as of its last read or write of consumer_offsets. */
export interface Position {
  epoch: number;
  next: number;
  /** Timestamp (ms) that the record before `next` must have; null: not known. */
  verify: number | null;
  /** The log was read up to here, past records that are none of ours; 0 before a batch was done. */
  passed: number;
  /** When a batch of the partition was last seen, in ms of `performance.now()`. */
  seenAt: number;
  /** Its records were here before, as when a command has set it back: nothing is taken for new. */
  isOldGround: boolean;
  /** A batch began behind `next`, with the record at `upTo`, and what is between was asked for; null: none did. */
  askedAgain: { readonly next: number; readonly upTo: number } | null;
  /** The value of `next` before which the last record was asked for once more; null: none. */
  lookedBack: number | null;
}

/** A position just read from the database. */
export function positionAt(epoch: number, next: number, verify: number | null): Position {
  return {
    epoch,
    next,
    verify,
    passed: 0,
    seenAt: 0,
    isOldGround: false,
    askedAgain: null,
    lookedBack: null,
  };
}

/**
 * Positions of the partitions of the present group generation. A rebalance voids all of them: another instance may
 * have moved on in between.
 */
export class Positions {
  private readonly known = new Map<string, Position>();
  private readonly stopped = new Map<string, string>();
  private currentGeneration = 0;

  /** Raised with every rebalance; what began under another one must not touch the positions any more. */
  get generation(): number {
    return this.currentGeneration;
  }

  get(topic: string, partition: number): Position | undefined {
    return this.known.get(keyOf(topic, partition));
  }

  set(topic: string, partition: number, position: Position): void {
    this.known.set(keyOf(topic, partition), position);
  }

  forget(topic: string, partition: number): void {
    this.known.delete(keyOf(topic, partition));
  }

  /** Stops a partition until it is assigned anew after a command has put things right. */
  stop(topic: string, partition: number, reason: string): void {
    this.forget(topic, partition);
    this.stopped.set(keyOf(topic, partition), reason);
  }

  isStopped(topic: string, partition: number): boolean {
    return this.stopped.has(keyOf(topic, partition));
  }

  /** Why partitions are stopped; empty when none is. */
  get stopReasons(): readonly string[] {
    return [...this.stopped.values()];
  }

  resume(topic: string, partition: number): void {
    this.stopped.delete(keyOf(topic, partition));
  }

  startGeneration(): number {
    this.known.clear();
    this.stopped.clear();
    this.currentGeneration += 1;
    return this.currentGeneration;
  }
}

function keyOf(topic: string, partition: number): string {
  return `${topic} ${partition}`;
}
