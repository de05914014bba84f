import { sameSecret } from './same-secret.ts';

const SCHEME = 'bearer ';

/** Whether an Authorization header shows this token; never where none is set. Takes the same time for every wrong one. */
export function bearerMatches(header: string | undefined, token: string | null): boolean {
  if (token === null || header?.slice(0, SCHEME.length).toLowerCase() !== SCHEME) return false;
  return sameSecret(header.slice(SCHEME.length).trim(), token);
}
