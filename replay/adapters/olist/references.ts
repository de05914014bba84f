import type { Reference } from '../../source/reference.ts';
import type { AdapterContext } from '../adapter.ts';
import { RowReader } from '../row-reader.ts';
import { readCustomer, zipOf } from './read-rows.ts';
import { FILES } from './tables.ts';

const MOST_GRAMS = 1_000_000;
const MOST_CENTIMETRES = 1_000;

/** Sellers, products, coordinates of zips, customers. Catalogue and zips are held in memory, customers are not. */
export async function* readReferences(context: AdapterContext): AsyncGenerator<Reference> {
  yield* sellers(context);
  yield* products(context);
  yield* zipCoordinates(context);
  yield* customers(context);
}

/** The rows of a file as readers, reported once: the first of several with one id counts. */
async function* readers(context: AdapterContext, file: string): AsyncGenerator<RowReader> {
  const report = (issue: Parameters<AdapterContext['report']>[0]) => context.report(issue);
  for await (const rows of context.rows(file)) {
    for (const row of rows) yield new RowReader(row, context.utcOffset, report);
  }
}

/** The id of a row; null, and reported, when it is empty or was there before. */
function newId(reader: RowReader, column: string, known: Set<string>): string | null {
  const id = reader.key(column);
  if (id === null) return null;
  if (known.has(id)) {
    reader.report('DUPLICATE_ID', `${column} ${id} was there before: the first row counts`, 'left out');
    return null;
  }
  known.add(id);
  return id;
}

async function* sellers(context: AdapterContext): AsyncGenerator<Reference> {
  const known = new Set<string>();
  for await (const reader of readers(context, FILES.sellers)) {
    const sellerId = newId(reader, 'seller_id', known);
    if (sellerId === null) continue;
    yield {
      table: 'sellers',
      sellerId,
      zip: zipOf(reader.text('seller_zip_code_prefix')),
      city: reader.text('seller_city'),
      state: reader.text('seller_state'),
    };
  }
}

async function* products(context: AdapterContext): AsyncGenerator<Reference> {
  const english = new Map<string, string>();
  for await (const reader of readers(context, FILES.translation)) {
    const name = reader.key('product_category_name');
    const translated = reader.text('product_category_name_english');
    if (name !== null && translated !== null) english.set(name, translated);
  }
  const known = new Set<string>();
  for await (const reader of readers(context, FILES.products)) {
    const productId = newId(reader, 'product_id', known);
    if (productId === null) continue;
    const category = reader.text('product_category_name');
    const [length, height, width] = ['length', 'height', 'width'].map((side) =>
      reader.number(`product_${side}_cm`, 0, MOST_CENTIMETRES),
    ) as [number | null, number | null, number | null];
    yield {
      table: 'products',
      productId,
      name: null,
      category: category === null ? null : (english.get(category) ?? category),
      currency: 'BRL',
      weightG: positive(reader.number('product_weight_g', 0, MOST_GRAMS)),
      volumeCm3: positive((length ?? 0) * (height ?? 0) * (width ?? 0)),
    };
  }
}

/** Some products weigh 0 g, which says that nobody weighed them. */
function positive(value: number | null): number | null {
  return value === null || value <= 0 ? null : Math.round(value);
}

interface Points {
  count: number;
  latitude: number;
  longitude: number;
  city: string | null;
  state: string | null;
}

/** The mean of the points of each zip, in the order in which the zips come first. */
async function* zipCoordinates(context: AdapterContext): AsyncGenerator<Reference> {
  const zips = new Map<string, Points>();
  for await (const reader of readers(context, FILES.geolocation)) {
    const zip = zipOf(reader.key('geolocation_zip_code_prefix'));
    const latitude = reader.number('geolocation_lat', -90, 90, 'left out');
    const longitude = reader.number('geolocation_lng', -180, 180, 'left out');
    if (zip === null || latitude === null || longitude === null) continue;
    let points = zips.get(zip);
    if (points === undefined) {
      const city = reader.text('geolocation_city');
      points = { count: 0, latitude: 0, longitude: 0, city, state: reader.text('geolocation_state') };
      zips.set(zip, points);
    }
    points.count++;
    points.latitude += latitude;
    points.longitude += longitude;
  }
  for (const [zip, { count, latitude, longitude, city, state }] of zips) {
    yield {
      table: 'zip_coordinates',
      zip,
      latitude: latitude / count,
      longitude: longitude / count,
      city,
      state,
    };
  }
}

async function* customers(context: AdapterContext): AsyncGenerator<Reference> {
  for await (const reader of readers(context, FILES.customers)) {
    const customerId = reader.key('customer_id');
    if (customerId !== null) yield { table: 'customers', customerId, ...readCustomer(reader) };
  }
}
