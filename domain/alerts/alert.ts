import type { HoldReason } from '../holds/reasons.ts';
import type { RejectionType } from '../records/rejection.ts';
import { formatIso8601 } from '../time/iso8601.ts';
import type { Micros } from '../time/micros.ts';

export type AlertKind = 'EVENT' | 'HOLD' | 'ANOMALY' | 'INVENTORY' | 'DELIVERY' | 'PIPELINE';
export type Severity = 'critical' | 'warning' | 'info';

/** Something an operator has to know of. The same `dedupKey` is the same alert, however often it is raised. */
export interface NewAlert {
  dedupKey: string;
  /** Alerts of one storm share it. */
  groupKey: string;
  kind: AlertKind;
  severity: Severity;
  /** One line, without personal data: it goes into Slack and into logs. */
  subject: string;
  evidence: Readonly<Record<string, unknown>>;
  openedAt: Micros;
  orderId: string | null;
  holdId: number | null;
  /** Row of pipeline_error_logs. */
  logId: number | null;
}

const HOLD_SUBJECTS: Record<HoldReason, string> = {
  'FUL-VALID': 'user or address is missing or unusable',
  'FUL-FRAUD-USER': 'one user orders the same product again and again',
  'FUL-FRAUD-PROD': 'a burst of orders for one product',
  'FUL-INV': 'not enough stock',
  EXTERNAL: 'held by another system',
};

/** Suspected fraud first: it must not ship. */
const HOLD_SEVERITIES: Record<HoldReason, Severity> = {
  'FUL-VALID': 'warning',
  'FUL-FRAUD-USER': 'critical',
  'FUL-FRAUD-PROD': 'critical',
  'FUL-INV': 'warning',
  EXTERNAL: 'warning',
};

/** What holds of a reason have in common when many come at once. */
const GROUPED_BY: Record<HoldReason, 'product' | 'region'> = {
  'FUL-VALID': 'region',
  'FUL-FRAUD-USER': 'product',
  'FUL-FRAUD-PROD': 'product',
  'FUL-INV': 'product',
  EXTERNAL: 'region',
};

/**
 * The alert of a hold episode.
 *
 * @param region of the order, as far as it is known
 */
export function holdAlert(
  hold: {
    holdId: number;
    orderId: string;
    reason: HoldReason;
    episode: number;
    openedAt: Micros;
    evidence: Readonly<Record<string, unknown>>;
  },
  region: string | null,
): NewAlert {
  const groupedBy = GROUPED_BY[hold.reason];
  const shared = groupedBy === 'region' ? region : hold.evidence.product_id;
  return {
    dedupKey: `hold/${hold.reason}/${hold.episode}/${hold.orderId}`,
    groupKey: `HOLD/${hold.reason}/${groupedBy}/${shared ?? ''}`,
    kind: 'HOLD',
    severity: HOLD_SEVERITIES[hold.reason],
    subject: `Order ${hold.orderId} is held (${hold.reason}): ${HOLD_SUBJECTS[hold.reason]}`,
    evidence: hold.evidence,
    openedAt: hold.openedAt,
    orderId: hold.orderId,
    holdId: hold.holdId,
    logId: null,
  };
}

/** Where a record stands in Kafka. */
export interface RecordPosition {
  topic: string;
  epoch: number;
  partition: number;
  offset: number;
}

/** The alert of a record that could not become an event. */
export function rejectedRecordAlert(
  position: RecordPosition,
  rejection: { type: RejectionType | 'STORE_ERROR'; reason: string; at: Micros; logId: number },
): NewAlert {
  const { topic, epoch, partition, offset } = position;
  return {
    dedupKey: `record/${topic}/${epoch}/${partition}/${offset}`,
    groupKey: `EVENT/${rejection.type}/${topic}`,
    kind: 'EVENT',
    severity: 'warning',
    subject: `Record ${topic} ${partition}:${offset} was rejected (${rejection.type})`,
    evidence: { topic, epoch, partition, offset, error_type: rejection.type, reason: rejection.reason },
    openedAt: rejection.at,
    orderId: null,
    holdId: null,
    logId: rejection.logId,
  };
}

/** How the position in the database and the broker's log contradict each other. */
export type PositionProblem = 'BELOW_RETENTION' | 'BEYOND_END' | 'RECREATED';

const POSITION_SUBJECTS: Record<PositionProblem, string> = {
  BELOW_RETENTION: 'records were deleted by retention before they were read',
  BEYOND_END: 'the topic ends before the position: it was re-created or truncated',
  RECREATED: 'another record stands at the position: the topic was re-created',
};

/** The alert of a partition that stopped, naming the range of offsets in doubt: [from, to). */
export function positionAlert(
  position: Omit<RecordPosition, 'offset'>,
  problem: PositionProblem,
  range: { from: number; to: number },
  now: Micros,
): NewAlert {
  const { topic, epoch, partition } = position;
  return {
    dedupKey: `position/${topic}/${epoch}/${partition}/${problem}/${range.from}`,
    groupKey: `PIPELINE/${problem}/${topic}`,
    kind: 'PIPELINE',
    severity: 'critical',
    subject: `${topic} partition ${partition} stopped: ${POSITION_SUBJECTS[problem]} (offsets ${range.from} to ${range.to})`,
    evidence: {
      topic,
      epoch,
      partition,
      problem,
      from: range.from,
      to: range.to,
      noticed_at: formatIso8601(now),
    },
    openedAt: now,
    orderId: null,
    holdId: null,
    logId: null,
  };
}
