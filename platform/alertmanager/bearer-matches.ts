import type { Buffer } from 'node:buffer';
import { createHash, timingSafeEqual } from 'node:crypto';

/** Whether an Authorization header shows this token; never where none is set. Takes the same time for every wrong one. */
export function bearerMatches(header: string | undefined, token: string | null): boolean {
  if (token === null) return false;
  const digest = (text: string): Buffer => createHash('sha256').update(text).digest();
  return timingSafeEqual(digest(header ?? ''), digest(`Bearer ${token}`));
}
