import { Rejection } from '../records/rejection.ts';
import { identifier, money, pieces, time } from '../records/typed-members.ts';
import { formatIso8601 } from '../time/iso8601.ts';
import { DAY, type Micros, YEAR_2000 } from '../time/micros.ts';

/** One line of an order: a product, as sold by one seller. */
export interface OrderItem {
  productId: string;
  sellerId: string | null;
  /** Pieces, at least 1; a line that does not say counts as 1. */
  quantity: number;
  /** Of one piece, in the currency of the order. */
  price: number | null;
  /** Of the line. */
  freight: number | null;
  /** Until when the seller promised to hand it over to the carrier. */
  handOverBy: Micros | null;
}

/** Most lines of an order: each becomes a row, and one event must not be a batch of its own. */
export const MOST_ITEMS = 500;

/** Later ones lose microseconds on their way through a number, and would not come back as they were. */
const YEAR_2200: Micros = YEAR_2000 + 73_049 * DAY;

/**
 * The member `items` of an order event; null when absent or without a line.
 *
 * @throws {Rejection} SCHEMA_INVALID, naming the line and what is wrong with it
 */
export function readItems(members: Record<string, unknown>): readonly OrderItem[] | null {
  const value = members.items;
  if (value === undefined || value === null || value === '') return null;
  if (!Array.isArray(value)) throw new Rejection('SCHEMA_INVALID', 'items must be an array of objects');
  if (value.length > MOST_ITEMS)
    throw new Rejection(
      'SCHEMA_INVALID',
      `items has ${value.length} lines, at most ${MOST_ITEMS} are allowed`,
    );
  return value.length === 0 ? null : value.map(readLine);
}

function readLine(line: unknown, index: number): OrderItem {
  if (typeof line !== 'object' || line === null || Array.isArray(line)) fail(index, 'must be an object');
  try {
    return lineOf(line as Record<string, unknown>);
  } catch (error) {
    if (error instanceof Rejection) fail(index, error.message);
    throw error;
  }
}

function lineOf(line: Record<string, unknown>): OrderItem {
  const productId = identifier(line, 'product_id');
  if (productId === null) throw new Rejection('SCHEMA_INVALID', 'product_id is missing');
  const handOverBy = time(line, 'hand_over_by');
  if (handOverBy !== null && (handOverBy < YEAR_2000 || handOverBy >= YEAR_2200))
    throw new Rejection(
      'SCHEMA_INVALID',
      `hand_over_by ${formatIso8601(handOverBy)} is not between 2000 and 2200`,
    );
  return {
    productId,
    sellerId: identifier(line, 'seller_id'),
    quantity: pieces(line, 'quantity') ?? 1,
    price: money(line, 'price'),
    freight: money(line, 'freight'),
    handOverBy,
  };
}

function fail(index: number, reason: string): never {
  throw new Rejection('SCHEMA_INVALID', `items[${index}]: ${reason}`);
}
