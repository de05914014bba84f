import type { OrderFields } from '../order/event.ts';

const SHORTEST_ADDRESS = 5;
const PLACEHOLDERS: ReadonlySet<string> = new Set(['?', 'unknown', 'null']);
const BETWEEN_TOKENS = /[\s,]+/u;

/**
 * Rule FUL-VALID: what is wrong with an order as it was created; empty when nothing is.
 *
 * No user, no address, an address under 5 characters after trimming, or one with a placeholder token (`?`, `Unknown`,
 * `NULL`, in any case, between blanks or commas). A house number such as 123 is no placeholder.
 */
export function validateOrder(fields: Pick<OrderFields, 'userId' | 'shippingAddress'>): readonly string[] {
  const problems: string[] = [];
  if (fields.userId === null) problems.push('user_id is missing');
  if (fields.shippingAddress === null) problems.push('shipping_address is missing');
  else problems.push(...addressProblems(fields.shippingAddress));
  return problems;
}

function addressProblems(address: string): string[] {
  const trimmed = address.trim();
  if ([...trimmed].length < SHORTEST_ADDRESS) {
    return [`shipping_address is shorter than ${SHORTEST_ADDRESS} characters`];
  }
  const placeholder = trimmed.split(BETWEEN_TOKENS).find((token) => PLACEHOLDERS.has(token.toLowerCase()));
  return placeholder === undefined ? [] : [`shipping_address contains the placeholder ${placeholder}`];
}
