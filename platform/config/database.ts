import { readPem } from './pem-file.ts';
import type { Variables } from './variables.ts';

export interface DatabaseConfig {
  /** With everything the driver has to know: password, TLS, and the files TLS needs. */
  url: string;
  /** True when no DATABASE_URL is set and the database of `npm start` is meant. */
  embedded: boolean;
  poolSize: number;
}

/** All of them are taken for the strictest, which the driver does too: who answers is checked, or it is no TLS. */
const CHECKED = new Set(['require', 'verify-ca', 'verify-full']);

/** @param problems receives what is wrong with TLS, with the names of variables and files */
export function databaseConfig(v: Variables, problems: string[]): DatabaseConfig {
  const poolSize = v.HOLDFAST_DATABASE_POOL;
  if (v.DATABASE_URL !== undefined)
    return { url: ownUrl(v.DATABASE_URL, v, problems), embedded: false, poolSize };
  if (v.HOLDFAST_DATABASE_CA_FILE !== undefined)
    problems.push(
      'HOLDFAST_DATABASE_CA_FILE is set, and DATABASE_URL is not: the embedded database speaks no TLS',
    );
  const url = `postgres://postgres@127.0.0.1:${v.HOLDFAST_DATABASE_PORT}/postgres`;
  return { url, embedded: true, poolSize };
}

function ownUrl(given: string, v: Variables, problems: string[]): string {
  const url = new URL(given);
  const { searchParams } = url;
  if (v.PGPASSWORD !== undefined && url.password === '' && !searchParams.has('password'))
    url.password = encodeURIComponent(v.PGPASSWORD);
  const mode = modeOf(searchParams, v);
  const ca = v.HOLDFAST_DATABASE_CA_FILE ?? searchParams.get('sslrootcert') ?? undefined;
  if (mode === 'disable' || (mode === null && ca === undefined)) {
    if (v.HOLDFAST_DATABASE_CA_FILE !== undefined)
      problems.push(
        'HOLDFAST_DATABASE_CA_FILE is set, and sslmode is disable: set sslmode=verify-full in DATABASE_URL, or remove it',
      );
    // Otherwise the driver would ask PGSSLMODE again, and understand some of its values less strictly.
    if (mode === 'disable') searchParams.set('sslmode', 'disable');
    return url.href;
  }
  if (mode !== null && !CHECKED.has(mode)) {
    problems.push(
      `DATABASE_URL (or PGSSLMODE) has sslmode=${mode}, with which it is not checked who answers: use verify-full, with HOLDFAST_DATABASE_CA_FILE where an authority of your own signs, or disable`,
    );
    return url.href;
  }
  return checked(url, ca, problems);
}

/** Null: nothing is said of TLS. */
function modeOf(searchParams: URLSearchParams, v: Variables): string | null {
  const ssl = searchParams.get('ssl');
  if (searchParams.get('uselibpqcompat') === 'true') return 'uselibpqcompat';
  if (searchParams.has('sslmode')) return searchParams.get('sslmode');
  if (ssl === '0' || ssl === 'false') return 'disable';
  if (ssl === '1' || ssl === 'true' || searchParams.get('sslnegotiation') === 'direct') return 'verify-full';
  return ssl ?? v.PGSSLMODE ?? null;
}

function checked(url: URL, ca: string | undefined, problems: string[]): string {
  const { searchParams } = url;
  searchParams.delete('ssl');
  searchParams.set('sslmode', 'verify-full');
  // As libpq says it, the authorities of the system; the driver would look for a file of that name.
  if (ca === undefined || ca === 'system') searchParams.delete('sslrootcert');
  else {
    readPem('HOLDFAST_DATABASE_CA_FILE (or sslrootcert)', ca, 'certificates', problems);
    searchParams.set('sslrootcert', ca);
  }
  const file = (name: string) => searchParams.get(name) ?? undefined;
  readPem('sslcert of DATABASE_URL', file('sslcert'), 'certificates', problems);
  readPem('sslkey of DATABASE_URL', file('sslkey'), 'key', problems);
  return url.href;
}
