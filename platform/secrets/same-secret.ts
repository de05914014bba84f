import { createHash, timingSafeEqual } from 'node:crypto';

/** Whether what somebody shows is the secret. Takes the same time for every wrong one. */
export function sameSecret(shown: string, secret: string): boolean {
  // Digests are equally long, which the comparison needs.
  return timingSafeEqual(digest(shown), digest(secret));
}

function digest(text: string): Buffer {
  return createHash('sha256').update(text).digest();
}
