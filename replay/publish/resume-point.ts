/** A partition of a topic, by the topic's plain name. */
export interface TopicPartition {
  topic: string;
  partition: number;
}

/** The header that makes the log its own checkpoint: `<run>:<sequence>`. */
export const REPLAY_HEADER = 'holdfast-replay';

export interface ReplayMark {
  run: string;
  /** All events of the run up to this one that belong in the record's partition are in it or before it. */
  sequence: number;
}

export function formatMark({ run, sequence }: ReplayMark): string {
  return `${run}:${sequence}`;
}

/** Null when a header is none of ours. */
export function parseMark(text: string): ReplayMark | null {
  const match = /^([0-9a-f]{16}):(\d{1,15})$/.exec(text);
  return match === null ? null : { run: match[1] as string, sequence: Number(match[2]) };
}

/**
 * How far a run came, by partition. Within a partition events are stored in the order of their sequence, none left out;
 * so the last one that is there says of each event whether it is there, too.
 */
export class ResumePoint {
  readonly #last = new Map<string, number>();

  /** @param sequence of the last record of the run that the partition has; 0: it has none */
  found({ topic, partition }: TopicPartition, sequence: number): void {
    const key = `${topic} ${partition}`;
    this.#last.set(key, Math.max(sequence, this.#last.get(key) ?? 0));
  }

  /** Whether the event is in the partition already. */
  has(place: TopicPartition, sequence: number): boolean {
    return sequence <= this.lastOf(place);
  }

  /** Sequence of the last event that the partition has, or that it has passed; 0: none. */
  lastOf({ topic, partition }: TopicPartition): number {
    return this.#last.get(`${topic} ${partition}`) ?? 0;
  }

  /** The furthest event of the run that any partition has; 0: none, the run is new. */
  get furthest(): number {
    return Math.max(0, ...this.#last.values());
  }
}
