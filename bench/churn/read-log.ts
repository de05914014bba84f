import { readFile } from 'node:fs/promises';
import type { CustomerOrder } from '../../domain/churn/transaction-log.ts';
import { parseIso8601 } from '../../domain/time/iso8601.ts';
import { DAY, type Micros } from '../../domain/time/micros.ts';

/** What a file says is no log of orders; the message says where, and what to do. */
export class LogError extends Error {
  override readonly name = 'LogError';
}

/**
 * Reads a log of transactions, one a line: customer, day (2026-03-01 or 20260301), and as the last column an amount;
 * separated by commas, tabs or blanks, with a header or without. What a customer bought on one day is one order.
 *
 * @throws {LogError}
 */
export async function readLog(file: string): Promise<CustomerOrder[]> {
  return logOf(await readFile(file, 'utf8'));
}

export function logOf(text: string): CustomerOrder[] {
  const orders = new Map<string, CustomerOrder>();
  for (const [index, line] of text.split(/\r?\n/).entries()) {
    const cells = line.trim().split(/\s*[,;\t]\s*|\s+/);
    const [customerId = '', day = ''] = cells;
    if (cells.length < 2) {
      if (line.trim() === '') continue;
      throw new LogError(`line ${index + 1}: a line is a customer, a day and an amount`);
    }
    const at = dayOf(day);
    if (at === null) {
      // A header.
      if (orders.size === 0) continue;
      throw new LogError(`line ${index + 1}: ${JSON.stringify(day)} is no day such as 2026-03-01`);
    }
    const amount = cells.length < 3 ? null : Number(cells.at(-1));
    if (amount !== null && Number.isNaN(amount)) {
      throw new LogError(`line ${index + 1}: amount ${JSON.stringify(cells.at(-1))} is no number`);
    }
    const key = `${at}/${customerId}`;
    const known = orders.get(key);
    if (known === undefined) {
      orders.set(key, { customerId, at, amount, region: null, lateAt: null, refusedAt: null });
    } else
      known.amount = known.amount === null && amount === null ? null : (known.amount ?? 0) + (amount ?? 0);
  }
  if (orders.size === 0) throw new LogError('no order in it: a line is a customer, a day and an amount');
  return [...orders.values()].sort((a, b) => a.at - b.at);
}

function dayOf(text: string): Micros | null {
  const [, year, month, day] = /^(\d{4})-?(\d{2})-?(\d{2})(?:T.*)?$/.exec(text) ?? [];
  const at = year === undefined ? null : parseIso8601(`${year}-${month}-${day}T00:00:00Z`);
  return at === null ? null : Math.floor(at / DAY) * DAY;
}
