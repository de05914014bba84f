import { createHmac } from 'node:crypto';

/** https://docs.slack.dev/authentication/verifying-requests-from-slack: v0 of the signature of a raw body. */
export function signature(signingSecret: string, timestamp: number, body: string): string {
  return `v0=${createHmac('sha256', signingSecret).update(`v0:${timestamp}:${body}`).digest('hex')}`;
}

export interface SignedRequest {
  method: 'POST';
  headers: Record<string, string>;
  body: string;
}

export interface SigningOptions {
  secret: string;
  /** Seconds since the epoch, default now. */
  timestamp?: number;
  contentType?: string;
}

/**
 * What Slack would send with this body, ready for `fetch`. For tests: another secret forges it, a timestamp makes it
 * stale or from the future, sending it twice is a replay, another body afterwards does not fit the signature.
 */
export function signedRequest(body: string, options: SigningOptions): SignedRequest {
  const { secret, timestamp = Math.floor(Date.now() / 1000) } = options;
  const json = body.startsWith('{');
  return {
    method: 'POST',
    headers: {
      'content-type':
        options.contentType ?? (json ? 'application/json' : 'application/x-www-form-urlencoded'),
      'x-slack-request-timestamp': String(timestamp),
      'x-slack-signature': signature(secret, timestamp, body),
    },
    body,
  };
}
