import { createHmac, timingSafeEqual } from 'node:crypto';

/** How far a request's own time may be from ours, in seconds, either way: a copy of it is worthless afterwards. */
export const SIGNATURE_WINDOW_S = 300;

export type SignatureCheck = { signature: string } | { problem: string };

/**
 * Checks that Slack signed this body, lately. (Bolt's own check takes any time in the future.)
 *
 * @param headers as received, each value by itself: a header that comes twice is refused
 * @param nowMs milliseconds since the epoch
 */
export function checkSlackSignature(
  headers: Readonly<Record<string, string[] | undefined>>,
  body: Buffer,
  signingSecret: string,
  nowMs: number,
): SignatureCheck {
  const signature = onlyValue(headers['x-slack-signature']);
  const timestamp = onlyValue(headers['x-slack-request-timestamp']);
  if (signature === null || !/^v0=[0-9a-f]{64}$/.test(signature)) {
    return { problem: 'X-Slack-Signature is missing, repeated or no signature' };
  }
  if (timestamp === null || !/^\d{1,15}$/.test(timestamp)) {
    return { problem: 'X-Slack-Request-Timestamp is missing, repeated or no time' };
  }
  const age = Math.floor(nowMs / 1000) - Number(timestamp);
  if (Math.abs(age) > SIGNATURE_WINDOW_S) {
    return { problem: `X-Slack-Request-Timestamp is ${Math.abs(age)} s ${age > 0 ? 'old' : 'ahead'}` };
  }
  const expected = createHmac('sha256', signingSecret).update(`v0:${timestamp}:`).update(body).digest('hex');
  const genuine = timingSafeEqual(Buffer.from(signature), Buffer.from(`v0=${expected}`));
  return genuine ? { signature } : { problem: 'X-Slack-Signature does not fit the body' };
}

function onlyValue(values: string[] | undefined): string | null {
  return values?.length === 1 ? (values[0] ?? null) : null;
}
