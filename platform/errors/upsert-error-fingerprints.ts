import type { Queryable } from '../database/database.ts';
import type { ErrorCount } from './error-counts.ts';

/** Adds counts to those of the same fingerprint. In a fixed order, for two programs may do so at once. */
export async function upsertErrorFingerprints(db: Queryable, counts: readonly ErrorCount[]): Promise<void> {
  const rows = counts.map((c) => [
    c.fingerprint,
    c.program,
    c.code,
    c.template,
    c.firstSeen,
    c.lastSeen,
    c.count,
  ]);
  await db.query({
    name: 'upsert_error_fingerprints',
    text: `INSERT INTO error_fingerprints AS known (fingerprint, program, code, template, first_seen, last_seen, count)
           SELECT e->>0, e->>1, e->>2, e->>3, to_timestamp((e->>4)::float8 / 1000), to_timestamp((e->>5)::float8 / 1000),
                  (e->>6)::bigint
           FROM jsonb_array_elements($1::jsonb) AS e
           ORDER BY 1
           ON CONFLICT (fingerprint) DO UPDATE
           SET first_seen = least(known.first_seen, excluded.first_seen),
               last_seen = greatest(known.last_seen, excluded.last_seen),
               count = known.count + excluded.count`,
    values: [JSON.stringify(rows)],
  });
}
