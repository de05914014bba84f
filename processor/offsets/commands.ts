import type { Admin } from 'kafkajs';
import { checkPosition } from '../../domain/records/position-check.ts';
import type { Topic } from '../../platform/config/variables.ts';
import type { Database } from '../../platform/database/database.ts';
import { inTransaction } from '../../platform/database/transaction.ts';
import { listPositions } from '../sql/list-positions.ts';
import { movePosition, resolvePositionAlerts } from '../sql/move-position.ts';

export interface OffsetsContext {
  database: Database;
  admin: Admin;
  topic: Topic;
  /** Name of the topic in this cluster. */
  topicName: string;
  actor: string;
}

export interface PartitionView {
  partition: number;
  epoch: number;
  position: number;
  low: number;
  high: number;
  /** What is wrong with the position, or null. */
  doubt: string | null;
}

/** Positions beside the broker's log. */
export async function viewPartitions(context: OffsetsContext): Promise<PartitionView[]> {
  const [positions, ends] = await Promise.all([
    listPositions(context.database),
    context.admin.fetchTopicOffsets(context.topicName),
  ]);
  return positions
    .filter((position) => position.topic === context.topic)
    .map((position) => {
      const end = ends.find((one) => one.partition === position.partition);
      const low = Number(end?.low ?? 0);
      const high = Number(end?.high ?? 0);
      return {
        partition: position.partition,
        epoch: position.epoch,
        position: position.next_offset,
        low,
        high,
        doubt: checkPosition(position.next_offset, low, high)?.problem ?? null,
      };
    });
}

/**
 * Goes on after a loss: partitions below retention go on at the first record there is. Others are left alone.
 *
 * @returns what was done, a line each
 */
export async function acceptLoss(context: OffsetsContext, only: number | null): Promise<string[]> {
  const partitions = (await viewPartitions(context)).filter(
    (view) => view.doubt === 'BELOW_RETENTION' && (only === null || view.partition === only),
  );
  return moveAll(context, partitions, false, (view) => `offsets ${view.position} to ${view.low} are lost`);
}

/** The topic was re-created: every partition starts over, in a new epoch, so that its old raw rows are kept apart. */
export async function startEpoch(context: OffsetsContext): Promise<string[]> {
  const partitions = await viewPartitions(context);
  return moveAll(context, partitions, true, (view) => `epoch ${view.epoch + 1} begins at offset ${view.low}`);
}

/** Reads everything again that the broker still has. What is known already changes nothing. */
export async function rewind(context: OffsetsContext, only: number | null): Promise<string[]> {
  const partitions = (await viewPartitions(context)).filter(
    (view) => view.doubt !== 'NOT_IN_BROKER' && (only === null || view.partition === only),
  );
  return moveAll(context, partitions, false, (view) => `goes back from ${view.position} to ${view.low}`);
}

async function moveAll(
  context: OffsetsContext,
  partitions: readonly PartitionView[],
  newEpoch: boolean,
  describe: (view: PartitionView) => string,
): Promise<string[]> {
  const lines: string[] = [];
  for (const view of partitions) {
    const note = describe(view);
    await inTransaction(context.database, async (connection) => {
      const { topic } = context;
      await movePosition(connection, { topic, partition: view.partition, nextOffset: view.low, newEpoch });
      await resolvePositionAlerts(connection, topic, view.partition, context.actor, note);
    });
    lines.push(`${context.topic} partition ${view.partition}: ${note}`);
  }
  return lines;
}
