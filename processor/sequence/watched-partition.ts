import type { Topic } from '../../platform/config/variables.ts';

/** A partition of a topic with milestones. All of them take part in event time, whoever reads them. */
export interface WatchedPartition {
  topic: Topic;
  partition: number;
  /** Its position, when that has been the end of its log for as long as events may be late; null: it is not silent. */
  idleAt: number | null;
}
