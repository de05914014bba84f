import { createHash, createHmac } from 'node:crypto';

/**
 * Headers and signature as in the Standard Webhooks specification, version 1
 * (https://github.com/standard-webhooks/standard-webhooks/blob/main/spec/standard-webhooks.md): HMAC-SHA256 over
 * `id.timestamp.body`.
 *
 * @param secrets the keys; the receiver accepts a signature by any, so that one can be exchanged for another
 * @param seconds since the epoch, of this attempt
 */
export function signedHeaders(
  id: string,
  seconds: number,
  body: string,
  secrets: readonly Buffer[],
): Record<string, string> {
  const signatures = secrets.map(
    (secret) => `v1,${createHmac('sha256', secret).update(`${id}.${seconds}.${body}`).digest('base64')}`,
  );
  return {
    'webhook-id': id,
    'webhook-timestamp': String(seconds),
    ...(signatures.length === 0 ? {} : { 'webhook-signature': signatures.join(' ') }),
  };
}

/** The same for every attempt, and when the database is built anew: what receivers know duplicates by. */
export function webhookIdOf(idempotencyKey: string): string {
  return `msg_${createHash('sha256').update(idempotencyKey).digest('hex').slice(0, 32)}`;
}
