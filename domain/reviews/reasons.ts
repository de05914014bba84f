import type { Review } from './review.ts';

/** What a review complains of. */
export type ReviewReason =
  | 'LATE'
  | 'NOT_RECEIVED'
  | 'DAMAGED'
  | 'WRONG_ITEM'
  | 'MISSING_ITEM'
  | 'QUALITY'
  | 'REFUND'
  | 'SERVICE';

export type ReviewText = Pick<Review, 'score' | 'title' | 'comment'>;

/** Finds what a review complains of. Pure: the same review always has the same reasons. */
export interface ReasonClassifier {
  /** In a fixed order, each once; none when the text complains of nothing that is known. */
  reasonsOf(review: ReviewText): readonly ReviewReason[];
}
