import { formatIso8601 } from '../../domain/time/iso8601.ts';
import { codeOf, messageOf } from '../../platform/errors/classify.ts';
import { outcomeOf, type WebhookOutcome } from './outcome.ts';
import { signedHeaders, webhookIdOf } from './signature.ts';
import type { ClaimedWebhook } from './sql/claim-webhooks.ts';

export interface SendOptions {
  url: string;
  secrets: readonly Buffer[];
  timeoutMs: number;
  /** Clock time of this attempt, in milliseconds since the epoch. */
  nowMs: number;
  signal: AbortSignal;
}

/** One attempt. Never rejects: what goes wrong on the way is an outcome. */
export async function sendWebhook(webhook: ClaimedWebhook, options: SendOptions): Promise<WebhookOutcome> {
  const { url, secrets, timeoutMs, nowMs, signal } = options;
  const body = JSON.stringify({
    type: webhook.kind,
    timestamp: formatIso8601(webhook.createdAt),
    data: webhook.payload,
  });
  const id = webhookIdOf(webhook.idempotencyKey);
  const timeout = AbortSignal.timeout(timeoutMs);
  try {
    const response = await fetch(url, {
      method: 'POST',
      headers: {
        'content-type': 'application/json',
        'user-agent': 'holdfast',
        ...signedHeaders(id, Math.floor(nowMs / 1000), body, secrets),
      },
      body,
      redirect: 'manual',
      signal: AbortSignal.any([timeout, signal]),
    });
    // Nobody reads it, and a connection with an unread answer is never used again.
    await response.body?.cancel();
    return outcomeOf(response.status, response.headers.get('retry-after'), nowMs);
  } catch (error) {
    const reason = timeout.aborted ? `no answer within ${timeoutMs} ms` : reasonOf(error);
    return { kind: 'retry', status: null, reason, retryAfterMs: null };
  }
}

/** fetch says "fetch failed" of everything; what it was is the cause. Text with an address in it, or a part of one, is left out. */
function reasonOf(error: unknown): string {
  const cause = error instanceof Error && error.cause !== undefined ? error.cause : error;
  const text = codeOf(cause) || messageOf(cause);
  return text.includes('://') || text.includes('@') ? 'the address cannot be called' : text;
}
