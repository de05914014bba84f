import type { Queryable } from '../../platform/database/database.ts';
import type { ZipRow } from '../source/reference.ts';

const STATEMENT = `
  INSERT INTO zip_coordinates AS known (zip, latitude, longitude, city, state)
  SELECT r->>'zip', (r->>'latitude')::double precision, (r->>'longitude')::double precision, r->>'city', r->>'state'
  FROM jsonb_array_elements($1::jsonb) AS r
  ON CONFLICT (zip) DO UPDATE
  SET latitude = excluded.latitude, longitude = excluded.longitude, city = excluded.city, state = excluded.state`;

/** Adds zips, or puts those right that are known; no id may occur twice. */
export async function upsertZipCoordinates(database: Queryable, rows: readonly ZipRow[]): Promise<void> {
  await database.query({ text: STATEMENT, values: [JSON.stringify(rows)] });
}
