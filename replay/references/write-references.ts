import type { Queryable } from '../../platform/database/database.ts';
import type { Reference } from '../source/reference.ts';
import { upsertCustomers } from '../sql/upsert-customers.ts';
import { upsertProducts } from '../sql/upsert-products.ts';
import { upsertSellers } from '../sql/upsert-sellers.ts';
import { upsertZipCoordinates } from '../sql/upsert-zip-coordinates.ts';

export type ReferenceCounts = Record<Reference['table'], number>;

const ROWS_PER_STATEMENT = 2_000;

/**
 * Writes what orders refer to into the database, in batches. Of rows with one id, the first of a batch counts.
 *
 * @param openingStock pieces that products begin with; null: stock is not tracked
 * @returns rows by table
 */
export async function writeReferences(
  database: Queryable,
  references: AsyncIterable<Reference>,
  openingStock: number | null,
): Promise<ReferenceCounts> {
  const counts: ReferenceCounts = { sellers: 0, customers: 0, products: 0, zip_coordinates: 0 };
  const batches = {
    sellers: new Batch(
      (row: Of<'sellers'>) => row.sellerId,
      (rows) => upsertSellers(database, rows),
    ),
    customers: new Batch(
      (row: Of<'customers'>) => row.customerId,
      (rows) => upsertCustomers(database, rows),
    ),
    products: new Batch(
      (row: Of<'products'>) => row.productId,
      (rows) => upsertProducts(database, rows, openingStock),
    ),
    zip_coordinates: new Batch(
      (row: Of<'zip_coordinates'>) => row.zip,
      (rows) => upsertZipCoordinates(database, rows),
    ),
  };
  for await (const reference of references) {
    counts[reference.table]++;
    await (batches[reference.table] as Batch<Reference>).add(reference);
  }
  for (const batch of Object.values(batches)) await batch.write();
  return counts;
}

type Of<Table extends Reference['table']> = Extract<Reference, { table: Table }>;

class Batch<Row> {
  readonly #idOf: (row: Row) => string;
  readonly #upsert: (rows: readonly Row[]) => Promise<void>;
  readonly #rows = new Map<string, Row>();

  constructor(idOf: (row: Row) => string, upsert: (rows: readonly Row[]) => Promise<void>) {
    this.#idOf = idOf;
    this.#upsert = upsert;
  }

  async add(row: Row): Promise<void> {
    const id = this.#idOf(row);
    if (!this.#rows.has(id)) this.#rows.set(id, row);
    if (this.#rows.size >= ROWS_PER_STATEMENT) await this.write();
  }

  async write(): Promise<void> {
    if (this.#rows.size === 0) return;
    await this.#upsert([...this.#rows.values()]);
    this.#rows.clear();
  }
}
