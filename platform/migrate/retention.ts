import pg from 'pg';

/** Switches retention on: raw rows, events and arrivals older than this many days are dropped by TimescaleDB's jobs. */
export async function setRetention(databaseUrl: string, days: number): Promise<void> {
  const client = new pg.Client({ connectionString: databaseUrl, application_name: 'holdfast-migrate' });
  await client.connect();
  try {
    await client.query('SET client_min_messages = warning');
    await client.query('CALL set_retention(make_interval(days => $1::integer))', [days]);
  } finally {
    await client.end();
  }
}
