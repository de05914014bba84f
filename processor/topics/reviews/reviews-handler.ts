import type { LateMilestone } from '../../../domain/delivery/milestone-times.ts';
import { decodeJsonRecord } from '../../../domain/records/decode-record.ts';
import { DEFAULT_INPUT_LIMITS } from '../../../domain/records/json-record.ts';
import { decodeReview } from '../../../domain/reviews/decode-review.ts';
import type { ReasonClassifier } from '../../../domain/reviews/reasons.ts';
import type { Review } from '../../../domain/reviews/review.ts';
import type { Config } from '../../../platform/config/load.ts';
import type { Connection } from '../../../platform/database/database.ts';
import { insertLateMilestones } from '../../sql/insert-late-milestones.ts';
import { insertReviews, type ReviewKey } from '../../sql/insert-reviews.ts';
import { horizonOf } from '../horizon.ts';
import type { AcceptedRecord, BatchPlace, StoreCounts, TopicHandler } from '../topic-handler.ts';

/** Topic `reviews`: each review once, with the reasons that the classifier finds in it. */
export function reviewsHandler(config: Config, classifier: ReasonClassifier): TopicHandler<Review> {
  const limits = { ...DEFAULT_INPUT_LIMITS, maxBytes: config.maxRecordBytes };

  async function store(
    connection: Connection,
    place: BatchPlace,
    records: readonly AcceptedRecord<Review>[],
  ): Promise<StoreCounts> {
    const horizon = horizonOf(config, place.now);
    const reviews = records.map(({ event }) => event).filter((review) => review.occurredAt >= horizon);
    const added = await insertReviews(
      connection,
      reviews.map((review) => ({ review, reasons: classifier.reasonsOf(review) })),
    );
    await insertLateMilestones(connection, lateReviews(added, place));
    const tooLate = records.length - reviews.length;
    return { duplicates: reviews.length - added.length, tooLate, holdsOpened: {} };
  }

  return {
    topic: 'reviews',
    allowedLateness: config.allowedLateness,
    decode: (value, now) => decodeJsonRecord(value, limits, (members) => decodeReview(members, now)),
    occurredAt: (review) => review.occurredAt,
    producedAt: (review) => review.producedAt,
    store,
  };
}

function lateReviews(added: readonly ReviewKey[], { lateBefore }: BatchPlace): LateMilestone[] {
  if (lateBefore === null) return [];
  return added
    .filter((key) => key.occurred_at < lateBefore)
    .map((key) => ({
      orderId: key.order_id,
      kind: 'REVIEWED',
      at: key.occurred_at,
      contentHash: key.content_hash,
      replaces: null,
    }));
}
