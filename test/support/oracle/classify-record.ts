import { contentHash, derivedEventId } from '../../../domain/order/content-hash.ts';
import type { OrderFields } from '../../../domain/order/event.ts';
import type { OrderStatus } from '../../../domain/order/status.ts';
import { itemsOf } from './items-of.ts';
import { readJson } from './read-json.ts';
import { readTime } from './read-time.ts';
import type { Classification, Micros, RejectionType } from './types.ts';

const STATUSES = ['CREATED', 'PAID', 'PICKING', 'PACKED', 'SHIPPED', 'DELIVERED', 'CANCELED'];
const KNOWN_TYPES = ['ORDER_CREATED', 'ORDER_UPDATED', 'HOLD', 'HOLD_CLEARED', ...STATUSES];
const YEAR_2000 = Date.parse('2000-01-01T00:00:00Z') * 1000;
const DAY = 86_400_000_000;

/** What becomes of the value of one record of topic `orders`. */
export function classifyRecord(value: Buffer | null, now: Micros): Classification {
  const json = readJson(value);
  if (json === undefined) return rejected(['PARSE_ERROR']);
  if (typeof json !== 'object' || json === null || Array.isArray(json)) return rejected(['SCHEMA_INVALID']);
  return classifyMembers(json as Record<string, unknown>, now);
}

function rejected(types: RejectionType[]): Classification {
  const type = types.includes('SCHEMA_MISSING') ? 'SCHEMA_MISSING' : (types[0] ?? 'SCHEMA_INVALID');
  return { kind: 'rejected', type, types };
}

function classifyMembers(members: Record<string, unknown>, now: Micros): Classification {
  const faults: RejectionType[] = [];
  const isThere = (name: string) =>
    members[name] !== undefined && members[name] !== null && members[name] !== '';

  function text(name: string, longest = Number.POSITIVE_INFINITY): string | null {
    if (!isThere(name)) return null;
    const value = members[name];
    if (typeof value === 'string' && [...value].length <= longest) return value;
    faults.push('SCHEMA_INVALID');
    return null;
  }
  function id(name: string): string | null {
    return text(name, 200);
  }
  function time(name: string): Micros | null {
    const said = text(name);
    if (said === null) return null;
    const at = readTime(said);
    if (at === null) faults.push('SCHEMA_INVALID');
    return at;
  }
  function number(name: string, fits: (value: number) => boolean): number | null {
    if (!isThere(name)) return null;
    const value = members[name];
    if (typeof value === 'number' && fits(value)) return value;
    faults.push('SCHEMA_INVALID');
    return null;
  }

  const typeName = isThere('event_type') ? 'event_type' : 'last_event_type';
  const timeName = isThere('occurred_at') ? 'occurred_at' : 'last_occurred_at';
  for (const name of ['order_id', typeName, timeName]) if (!isThere(name)) faults.push('SCHEMA_MISSING');
  const orderId = id('order_id') ?? '';
  const eventType = id(typeName) ?? '';
  const occurredAt = time(timeName) ?? now;
  if (occurredAt < YEAR_2000 || occurredAt > now + DAY) faults.push('SCHEMA_INVALID');

  const saidId = id('event_id');
  const saidStatus = id('current_status');
  const currentStage = id('current_stage');
  const reasonCode = id('reason_code');
  const producedAt = time('event_produced_at');
  const scalars: Omit<OrderFields, 'items'> = {
    userId: id('user_id'),
    productId: id('product_id'),
    productName: text('product_name'),
    shippingAddress: text('shipping_address'),
    quantity: number('quantity', (n) => Number.isInteger(n) && n >= 1 && n <= 2 ** 31 - 1),
    amount: number('amount', (n) => Math.abs(n) <= 1e15),
    currency: id('currency'),
    channel: id('channel'),
    region: id('region'),
    sellerId: id('seller_id'),
    customerZip: id('customer_zip'),
    sellerZip: id('seller_zip'),
    promisedAt: time('promised_at'),
    createdAt: time('created_at'),
  };
  const fields: OrderFields = { ...scalars, items: itemsOf(members.items, faults) };
  if (faults.length > 0) return rejected(faults);

  const currentStatus = saidStatus !== null && [...STATUSES, 'HOLD'].includes(saidStatus) ? saidStatus : null;
  const known = KNOWN_TYPES.includes(eventType);
  const clears = known && eventType === 'HOLD_CLEARED';
  const opens = known && !clears && (eventType === 'HOLD' || currentStatus === 'HOLD');
  const status = known && !opens ? statusOf(eventType, currentStatus) : null;
  const eventId = saidId ?? derivedEventId(orderId, eventType, occurredAt, status ?? currentStatus);
  return {
    kind: 'event',
    event: {
      orderId,
      eventType,
      occurredAt,
      eventId,
      known,
      status,
      holdSignal: clears ? 'clear' : opens ? 'open' : null,
      reasonCode,
      producedAt,
      fields,
      contentHash: contentHash({
        orderId,
        eventType,
        occurredAt,
        eventId,
        currentStatus,
        currentStage,
        reasonCode,
        fields,
      }),
    },
  };
}

function statusOf(eventType: string, currentStatus: string | null): OrderStatus | null {
  if (currentStatus !== null && STATUSES.includes(currentStatus)) return currentStatus as OrderStatus;
  if (eventType === 'ORDER_CREATED') return 'CREATED';
  return STATUSES.includes(eventType) ? (eventType as OrderStatus) : null;
}
