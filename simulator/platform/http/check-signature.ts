import { createHmac, timingSafeEqual } from 'node:crypto';
import type { IncomingHttpHeaders } from 'node:http';

/** A signature that is older, or younger, is somebody's who has heard it before. */
const MOST_SECONDS_OFF = 300;

/**
 * Checks a request as Standard Webhooks describes it (HMAC-SHA256 over `id.timestamp.body`, any of several signatures).
 *
 * @param body the bytes as they came
 * @param nowSeconds wall clock, since the epoch
 * @returns what is wrong, as a sentence; null: it is genuine
 */
export function signatureProblem(
  headers: IncomingHttpHeaders,
  body: Buffer,
  secrets: readonly Buffer[],
  nowSeconds: number,
): string | null {
  const id = headers['webhook-id'];
  const timestamp = headers['webhook-timestamp'];
  const signatures = headers['webhook-signature'];
  if (typeof id !== 'string' || typeof timestamp !== 'string' || typeof signatures !== 'string')
    return 'The headers webhook-id, webhook-timestamp and webhook-signature are needed.';
  if (!(Math.abs(nowSeconds - Number(timestamp)) <= MOST_SECONDS_OFF))
    return `webhook-timestamp is more than ${MOST_SECONDS_OFF / 60} minutes from now.`;
  const given = signatures
    .split(' ')
    .filter((text) => text.startsWith('v1,'))
    .map((text) => Buffer.from(text.slice(3), 'base64'));
  const genuine = secrets.some((secret) => {
    const expected = createHmac('sha256', secret).update(`${id}.${timestamp}.`).update(body).digest();
    return given.some((one) => one.length === expected.length && timingSafeEqual(one, expected));
  });
  return genuine ? null : 'The signature is not one of HOLDFAST_WEBHOOK_SECRET.';
}
