import { readFile } from 'node:fs/promises';
import { join } from 'node:path';
import type pg from 'pg';

/** Short names of the files, as tables of the schema `csv`. */
const FILES = {
  orders: 'olist_orders_dataset',
  items: 'olist_order_items_dataset',
  payments: 'olist_order_payments_dataset',
  reviews: 'olist_order_reviews_dataset',
  customers: 'olist_customers_dataset',
  sellers: 'olist_sellers_dataset',
  products: 'olist_products_dataset',
  geolocation: 'olist_geolocation_dataset',
  translation: 'product_category_name_translation',
} as const;

const ROWS_AT_ONCE = 5_000;

/** Puts the files of a history into tables as they are, every cell as text, the rows numbered. */
export async function loadCsvTables(pool: pg.Pool, dir: string): Promise<void> {
  await pool.query('CREATE SCHEMA csv');
  for (const [table, file] of Object.entries(FILES)) {
    const [header = [], ...rows] = csvRows(await readFile(join(dir, `${file}.csv`), 'utf8'));
    await pool.query(
      `CREATE TABLE csv.${table} (nr bigint, ${header.map((name) => `"${name}" text`).join(', ')})`,
    );
    for (let from = 0; from < rows.length; from += ROWS_AT_ONCE) {
      const part = rows.slice(from, from + ROWS_AT_ONCE).map((cells, i) => [from + i, ...cells]);
      await pool.query(
        `INSERT INTO csv.${table} SELECT (e->>0)::bigint, ${header.map((_, i) => `e->>${i + 1}`).join(', ')}
         FROM jsonb_array_elements($1::jsonb) AS e`,
        [JSON.stringify(part)],
      );
    }
  }
}

/** Rows that have as many cells as the first; of what is no such row, a line is passed over. */
function csvRows(file: string): string[][] {
  const text = file.replace(/^\uFEFF/, '');
  const rows: string[][] = [];
  for (let at = 0; at < text.length; ) {
    const row = rowAt(text, at);
    if (row !== null && row.cells.length === (rows[0] ?? row.cells).length) {
      rows.push(row.cells);
      at = row.end;
    } else {
      const lineFeed = text.indexOf('\n', at);
      at = lineFeed === -1 ? text.length : lineFeed + 1;
    }
  }
  return rows;
}

function rowAt(text: string, from: number): { cells: string[]; end: number } | null {
  const cell = /("[^"]*(?:""[^"]*)*"|[^",\r\n]*)(,|\r?\n|$)/y;
  const cells: string[] = [];
  cell.lastIndex = from;
  for (;;) {
    const found = cell.exec(text);
    if (found === null) return null;
    const [, value = '', end] = found;
    cells.push(value.startsWith('"') ? value.slice(1, -1).replaceAll('""', '"') : value);
    if (end !== ',') return { cells, end: cell.lastIndex };
  }
}
