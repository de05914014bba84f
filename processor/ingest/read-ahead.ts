import pLimit, { type LimitFunction } from 'p-limit';

/**
 * Batches that are worked on while the next ones are fetched: one of each partition, and a few of all together.
 *
 * kafkajs fetches a round for all partitions, and the next when every batch of it was given back; without this the
 * processor was idle for a third of a backlog.
 */
export class ReadAhead {
  private readonly limit: LimitFunction;
  private readonly inWork = new Map<string, Promise<void>>();

  /** @param most batches worked on at once; the others wait for their turn */
  constructor(most: number) {
    this.limit = pLimit(most);
  }

  /** Works on a batch now, or when it is its turn. @throws what `work` throws */
  inTurn(work: () => Promise<void>): Promise<void> {
    return this.limit(work);
  }

  /**
   * The same, in the background. Call it only after {@link settled}.
   *
   * @param work has to deal with its errors itself
   */
  start(partition: string, work: () => Promise<void>): void {
    const done = this.limit(work).finally(() => {
      this.inWork.delete(partition);
    });
    this.inWork.set(partition, done);
  }

  /** Waits until no batch of the partition is in the background. */
  async settled(partition: string): Promise<void> {
    await this.inWork.get(partition);
  }

  /** Waits until no batch is in the background. */
  async idle(): Promise<void> {
    await Promise.all(this.inWork.values());
  }
}
