/** What an attempt came to. */
export type WebhookOutcome =
  | { kind: 'delivered'; status: number }
  /** @property retryAfterMs what the receiver asked for; null: nothing */
  | { kind: 'retry'; status: number | null; reason: string; retryAfterMs: number | null }
  | { kind: 'refused'; status: number; reason: string };

/**
 * Of 4xx what says nothing of this webhook, but of the receiver: a secret that was exchanged there first, a path that was
 * moved (401, 403, 404, 410), or too much at once (408, 429).
 */
const MAY_PASS: ReadonlySet<number> = new Set([401, 403, 404, 408, 410, 429]);

/**
 * What an answer means: 2xx is success; 4xx will be the same next time, but for those in `MAY_PASS`; everything else may
 * pass. A redirect is not followed, for it would carry the notice to somebody else.
 *
 * @param nowMs clock time, since the epoch
 */
export function outcomeOf(status: number, retryAfter: string | null, nowMs: number): WebhookOutcome {
  if (status >= 200 && status < 300) return { kind: 'delivered', status };
  const reason = `the receiver answered ${status}`;
  if (status >= 400 && status < 500 && !MAY_PASS.has(status)) return { kind: 'refused', status, reason };
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
