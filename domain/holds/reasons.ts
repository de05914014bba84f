export type RuleReason = 'FUL-VALID' | 'FUL-FRAUD-USER' | 'FUL-FRAUD-PROD' | 'FUL-INV';

/** Why an order is held: one of our rules, or an inbound HOLD event. */
export type HoldReason = RuleReason | 'EXTERNAL';

/** The reason shown on an order with several open holds is the first of these (the SQL: `hold_priority`). */
export const REASONS_BY_PRIORITY: readonly HoldReason[] = [
  'FUL-VALID',
  'FUL-FRAUD-USER',
  'FUL-FRAUD-PROD',
  'FUL-INV',
  'EXTERNAL',
];
