import { sameSecret } from '../secrets/same-secret.ts';

/** Whether an Authorization header shows this token; never where none is set. Takes the same time for every wrong one. */
export function bearerMatches(header: string | undefined, token: string | null): boolean {
  return token !== null && sameSecret(header ?? '', `Bearer ${token}`);
}
