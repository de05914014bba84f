import { setImmediate } from 'node:timers/promises';
import type { Milestone, MilestoneKind } from '../../domain/delivery/milestone.ts';
import { DAY, type Micros } from '../../domain/time/micros.ts';
import type { Connection } from '../../platform/database/database.ts';
import { buildMilestones } from './build-milestones.ts';
import type { Follower } from './follower.ts';
import { findDue } from './sql/find-due.ts';
import { findSliceEnd } from './sql/find-slice-end.ts';
import type { LockedSequence } from './sql/lock-sequence.ts';
import { moveEventTime } from './sql/move-event-time.ts';
import { type MilestoneRow, takeMilestones } from './sql/take-milestones.ts';
import type { WatchedPartition } from './watched-partition.ts';

/** A transaction of some 100 ms: on the embedded database nobody else gets anything done meanwhile. */
export const SLICE = 2000;

/** Each week is a chunk of two tables that is planned for, 1 ms each: after a long pause time is made up in steps. */
const LONGEST_SLICE: Micros = 35 * DAY;

/** Followers work without a break, and the group wants its heartbeats: others get a turn after so many milestones. */
const TURN_EVERY = 200;

export interface FollowedSlice {
  /** Up to here milestones have been followed now; null: still none. */
  sequencedTo: Micros | null;
  /** Whether there is more to follow at once. */
  hasMore: boolean;
  followed: Map<MilestoneKind, number>;
  late: Map<MilestoneKind, number>;
  /** Milestones that were passed without being shown. */
  leftOut: readonly MilestoneRow[];
}

export interface SliceOptions {
  /** Some most milestones; 0: those of one instant. */
  most: number;
  /** Passes the milestones without showing them: time moves, and the word that was left of late ones is taken away. */
  leaveOut: boolean;
}

/**
 * Shows followers the next milestones, within the transaction that has locked the sequence, and has them write what they
 * make of it.
 */
export async function followSlice(
  connection: Connection,
  followers: readonly Follower[],
  { sequencedTo }: LockedSequence,
  partitions: readonly WatchedPartition[],
  { most, leaveOut }: SliceOptions,
): Promise<FollowedSlice> {
  const eventTime = (await moveEventTime(connection, partitions)) ?? sequencedTo;
  const counts = { followed: new Map(), late: new Map() };
  const result: FollowedSlice = { sequencedTo, hasMore: false, ...counts, leftOut: [] };
  if (eventTime === null) return result;
  const reach = sequencedTo === null ? eventTime : Math.min(eventTime, sequencedTo + LONGEST_SLICE);
  const slice = await findSliceEnd(connection, sequencedTo, reach, most);
  const due = await findDue(connection, sequencedTo, slice, most);
  const rows = await takeMilestones(connection, due, sequencedTo, slice.end);
  const milestones = leaveOut ? [] : await buildMilestones(connection, rows);
  if (leaveOut) result.leftOut = rows;
  result.sequencedTo = slice.end ?? sequencedTo;
  result.hasMore = slice.end !== eventTime;
  for (const { kind, at } of milestones) {
    count(result.followed, kind);
    if (sequencedTo !== null && at <= sequencedTo) count(result.late, kind);
  }
  const to = result.sequencedTo ?? eventTime;
  for (const follower of followers) await follower.prepare?.(connection, milestones, to);
  await show(followers, milestones, sequencedTo, result.sequencedTo);
  for (const follower of followers) await follower.persist(connection);
  if (followers.some((follower) => follower.isBehind === true)) result.hasMore = true;
  return result;
}

/** Late milestones come first, and for them time does not move. */
async function show(
  followers: readonly Follower[],
  milestones: readonly Milestone[],
  from: Micros | null,
  to: Micros | null,
): Promise<void> {
  let now = from ?? Number.NEGATIVE_INFINITY;
  for (const [index, milestone] of milestones.entries()) {
    if (index % TURN_EVERY === TURN_EVERY - 1) await setImmediate();
    const isLater = milestone.at > now;
    now = Math.max(now, milestone.at);
    for (const follower of followers) {
      if (isLater) follower.advance(now);
      follower.observe(milestone);
    }
  }
  if (to === null || to <= now) return;
  for (const follower of followers) follower.advance(to);
}

function count(counts: Map<MilestoneKind, number>, kind: MilestoneKind): void {
  counts.set(kind, (counts.get(kind) ?? 0) + 1);
}
