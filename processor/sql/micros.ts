/** SQL: the `timestamptz` of a jsonb number of microseconds. Exact up to the year 2255; null stays null. */
export function micros(json: string): string {
  return `(TIMESTAMPTZ 'epoch' + INTERVAL '1 microsecond' * (${json})::float8)`;
}
