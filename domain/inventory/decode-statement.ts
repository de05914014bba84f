import { hash } from 'node:crypto';
import { checkEventTime } from '../records/event-time.ts';
import { Rejection } from '../records/rejection.ts';
import { identifier, money, pieces, required, time } from '../records/typed-members.ts';
import type { Micros } from '../time/micros.ts';
import {
  OWN_EVENT_PREFIX,
  STOCK_EVENT_TYPES,
  type StockEventType,
  type StockStatement,
} from './stock-event.ts';

/**
 * Reads the members of one record of topic `inventory`.
 *
 * @throws {Rejection} SCHEMA_MISSING or SCHEMA_INVALID with what is wrong
 */
export function decodeStatement(members: Record<string, unknown>, now: Micros): StockStatement {
  const statement = {
    productId: required(identifier(members, 'product_id'), 'product_id'),
    type: typeOf(required(identifier(members, 'event_type'), 'event_type')),
    quantity: required(pieces(members, 'quantity'), 'quantity'),
    at: checkEventTime(required(time(members, 'occurred_at'), 'occurred_at'), 'occurred_at', now),
    source: identifier(members, 'source'),
    orderId: identifier(members, 'order_id'),
    sellerId: identifier(members, 'seller_id'),
    warehouseId: identifier(members, 'warehouse_id'),
    unitCost: costOf(members),
  };
  return { ...statement, eventId: eventIdOf(members) ?? derivedId(statement) };
}

function typeOf(given: string): StockEventType {
  const type = STOCK_EVENT_TYPES.find((one) => one === given);
  if (type === undefined)
    throw new Rejection('SCHEMA_INVALID', `event_type must be one of ${STOCK_EVENT_TYPES.join(', ')}`);
  return type;
}

function costOf(members: Record<string, unknown>): number | null {
  const cost = money(members, 'unit_cost');
  if (cost !== null && cost < 0) throw new Rejection('SCHEMA_INVALID', 'unit_cost must not be negative');
  return cost;
}

function eventIdOf(members: Record<string, unknown>): string | null {
  const eventId = identifier(members, 'event_id');
  if (eventId?.startsWith(OWN_EVENT_PREFIX) === true)
    throw new Rejection('SCHEMA_INVALID', `event_id must not begin with ${OWN_EVENT_PREFIX}`);
  return eventId;
}

/** The same for every copy of a statement that brings no id. */
function derivedId(statement: Omit<StockStatement, 'eventId'>): string {
  return `derived-${hash('sha1', JSON.stringify(Object.values(statement)), 'hex').slice(0, 24)}`;
}
