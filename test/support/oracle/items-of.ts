import type { OrderItem } from '../../../domain/order/items.ts';
import { readTime } from './read-time.ts';
import type { RejectionType } from './types.ts';

const YEAR_2000 = Date.parse('2000-01-01T00:00:00Z') * 1000;
const YEAR_2200 = Date.parse('2200-01-01T00:00:00Z') * 1000;

/** The lines a message names, null for none; what is wrong with them is added to `faults`. */
export function itemsOf(said: unknown, faults: RejectionType[]): OrderItem[] | null {
  if (said === undefined || said === null || said === '') return null;
  const lines = Array.isArray(said) && said.length <= 500 ? said.map(lineOf) : [null];
  if (lines.includes(null)) faults.push('SCHEMA_INVALID');
  const items = lines.filter((line) => line !== null);
  return items.length === 0 ? null : items;
}

function lineOf(said: unknown): OrderItem | null {
  if (typeof said !== 'object' || said === null || Array.isArray(said)) return null;
  const line = Object.fromEntries(Object.entries(said).filter(([, value]) => value !== null && value !== ''));
  const isId = (value: unknown) => typeof value === 'string' && [...value].length <= 200;
  const isMoney = (value: unknown) => typeof value === 'number' && Math.abs(value) <= 1e15;
  const { product_id, seller_id = null, quantity = 1, price = null, freight = null, hand_over_by } = line;
  const isPieces = Number.isInteger(quantity) && Number(quantity) >= 1 && Number(quantity) <= 2 ** 31 - 1;
  if (!isId(product_id) || !(seller_id === null || isId(seller_id)) || !isPieces) return null;
  if (!(price === null || isMoney(price)) || !(freight === null || isMoney(freight))) return null;
  const handOverBy = hand_over_by === undefined ? null : readTime(String(hand_over_by));
  const isTime = handOverBy !== null && handOverBy >= YEAR_2000 && handOverBy < YEAR_2200;
  if (hand_over_by !== undefined && (typeof hand_over_by !== 'string' || !isTime)) return null;
  return { productId: product_id, sellerId: seller_id, quantity, price, freight, handOverBy };
}
