/** What an attempt came to. */
export type WebhookOutcome =
  | { kind: 'delivered'; status: number }
  /** @property retryAfterMs what the receiver asked for; null: nothing */
  | { kind: 'retry'; status: number | null; reason: string; retryAfterMs: number | null }
  | { kind: 'refused'; status: number; reason: string };

const REQUEST_TIMEOUT = 408;
const TOO_MANY_REQUESTS = 429;

/**
 * What an answer means: 2xx is success; 4xx will be the same next time, but for 408 and 429; everything else may pass.
 * A redirect is not followed, for it would carry the notice to somebody else.
 *
 * @param nowMs clock time, since the epoch
 */
export function outcomeOf(status: number, retryAfter: string | null, nowMs: number): WebhookOutcome {
  if (status >= 200 && status < 300) return { kind: 'delivered', status };
  const reason = `the receiver answered ${status}`;
  if (status >= 400 && status < 500 && status !== REQUEST_TIMEOUT && status !== TOO_MANY_REQUESTS)
    return { kind: 'refused', status, reason };
  const redirected = status >= 300 && status < 400;
  return {
    kind: 'retry',
    status,
    reason: redirected ? `${reason}: redirects are not followed, set the address it leads to` : reason,
    retryAfterMs: retryAfterMs(retryAfter, nowMs),
  };
}

/** RFC 9110, 10.2.3: seconds, or a date. Null for none, and for what is neither. */
export function retryAfterMs(value: string | null, nowMs: number): number | null {
  const text = value?.trim() ?? '';
  if (/^\d{1,9}$/.test(text)) return Number(text) * 1000;
  const date = /[a-z]/i.test(text) ? Date.parse(text) : Number.NaN;
  return Number.isNaN(date) ? null : Math.max(0, date - nowMs);
}
