import { mask } from '../../domain/text/mask.ts';
import type { AlertView, MessageSettings, OrderView } from './alert-view.ts';

/** As in the processor's API. */
const KEPT_CHARACTERS = 3;

/** Names of members that hold personal data, in whatever spelling a producer has for them. */
const PERSONAL_NAME =
  /user[_-]?id|customer[_-]?id|address|e[_-]?mail|phone|mobile|(user|customer|receiver|recipient)[_-]?name/iu;

/** Deeper than any record may be nested; a guard against evidence that somebody wrote with SQL. */
const DEEPEST = 100;

/** The text, or as much of it as may be seen. */
export function shown(text: string, { showPersonalData }: Pick<MessageSettings, 'showPersonalData'>): string {
  return showPersonalData ? text : mask(text, KEPT_CHARACTERS);
}

export function shownOrder(order: OrderView, settings: MessageSettings): OrderView {
  return {
    ...order,
    userId: order.userId === null ? null : shown(order.userId, settings),
    shippingAddress: order.shippingAddress === null ? null : shown(order.shippingAddress, settings),
  };
}

/** The alert with what is personal in order, evidence and error text masked, unless it is to be seen. */
export function withoutPersonalData(view: AlertView, settings: MessageSettings): AlertView {
  if (settings.showPersonalData) return view;
  return {
    ...view,
    order: view.order && shownOrder(view.order, settings),
    evidence: maskMembers(view.evidence, 0) as Record<string, unknown>,
    record: view.record && { ...view.record, errorText: withoutQuotation(view.record.errorText) },
    actions: view.actions.map((action) => ({ ...action, target: withoutCustomer(action.target) })),
  };
}

function withoutCustomer(target: string): string {
  const [kind, id] = target.split(/=(.*)/su, 2);
  return kind === 'customer' && id !== undefined ? `customer=${mask(id, KEPT_CHARACTERS)}` : target;
}

function maskMembers(value: unknown, depth: number): unknown {
  if (typeof value === 'string') return withoutQuotation(value);
  if (typeof value !== 'object' || value === null) return value;
  if (depth > DEEPEST) return '…';
  if (Array.isArray(value)) return value.map((element) => maskMembers(element, depth + 1));
  return Object.fromEntries(
    Object.entries(value).map(([name, member]) => [
      name,
      PERSONAL_NAME.test(name) ? maskAll(member, depth + 1) : maskMembers(member, depth + 1),
    ]),
  );
}

function maskAll(value: unknown, depth: number): unknown {
  if (value === null || typeof value === 'boolean') return value;
  if (typeof value !== 'object') return mask(String(value), KEPT_CHARACTERS);
  if (depth > DEEPEST) return '…';
  if (Array.isArray(value)) return value.map((element) => maskAll(element, depth + 1));
  return Object.fromEntries(
    Object.entries(value).map(([name, member]) => [name, maskAll(member, depth + 1)]),
  );
}

/** JSON.parse quotes the text it stumbled over, which may be of anybody. */
function withoutQuotation(errorText: string): string {
  const start = errorText.indexOf('"');
  return start >= 0 && errorText.includes('not JSON') ? `${errorText.slice(0, start)}"***"` : errorText;
}
