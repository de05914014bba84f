import type { Place } from '../../../domain/delivery/milestone.ts';
import type { Queryable } from '../../../platform/database/database.ts';

/** Where a zip is, as far as it is known. */
export async function placeOfZip(db: Queryable, zip: string): Promise<Place> {
  const { rows } = await db.query<Omit<Place, 'zip'>>({
    name: 'api_place_of_zip',
    text: 'SELECT city, state, latitude, longitude FROM zip_coordinates WHERE zip = $1',
    values: [zip],
  });
  return { zip, ...(rows[0] ?? { city: null, state: null, latitude: null, longitude: null }) };
}
