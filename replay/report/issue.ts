/** Rows that cannot be read, or not whole: what is readable of them is used. */
export const UNREADABLE_KINDS = [
  'BROKEN_QUOTING',
  'WRONG_COLUMN_COUNT',
  'MISSING_VALUE',
  'BAD_TIME',
  'BAD_NUMBER',
  'DUPLICATE_ID',
  'UNKNOWN_ORDER',
] as const;

/** Rows that can be read and cannot be true: they are published as they are. */
export const IMPOSSIBLE_KINDS = [
  'UNKNOWN_STATUS',
  'UNKNOWN_CUSTOMER',
  'UNKNOWN_SELLER',
  'UNKNOWN_PRODUCT',
  'APPROVED_BEFORE_PURCHASE',
  'SHIPPED_BEFORE_APPROVED',
  'SHIPPED_WITHOUT_APPROVAL',
  'DELIVERED_BEFORE_SHIPPED',
  'DELIVERED_WITHOUT_SHIPPING',
  'DELIVERED_WITHOUT_TIME',
  'CANCELED_AFTER_DELIVERY',
  'REVIEWED_BEFORE_PURCHASE',
  'SHARED_REVIEW_ID',
] as const;

export type IssueKind = (typeof UNREADABLE_KINDS)[number] | (typeof IMPOSSIBLE_KINDS)[number];

/** Something wrong with a row of the source. */
export interface Issue {
  kind: IssueKind;
  /** Name of the file, without its folder. */
  file: string;
  /** On which the row begins, from 1. */
  line: number;
  /** What is wrong, for people. */
  detail: string;
  /** What became of the row. */
  row: 'left out' | 'used in part' | 'published as it is';
  /** The row as the file has it; null where all of it is published. */
  raw: string | null;
}
