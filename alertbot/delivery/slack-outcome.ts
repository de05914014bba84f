import {
  WebAPIHTTPError,
  WebAPIPlatformError,
  WebAPIRateLimitedError,
  WebAPIRequestError,
} from '@slack/web-api';
import { codeOf, messageOf } from '../../platform/errors/classify.ts';

/**
 * What the failure of a call means for the message.
 *
 * - `ratelimited`: refused for now; Slack says when to come back.
 * - `content`: Slack does not take these blocks or this text.
 * - `channel`: there is no writing to this channel.
 * - `auth`: Slack does not take our token, or it may not do this. Nothing is wrong with the message.
 * - `missing`: the message, or the thread, is not there (any more).
 * - `unchangeable`: the message is there and will stay as it is.
 * - `busy`: Slack did nothing, and may do it later.
 * - `unreachable`: the request has not left this machine.
 * - `unknown`: Slack may have done it or not.
 * - `refused`: refused for a reason that is none of the above.
 */
export type FailureKind =
  | 'ratelimited'
  | 'content'
  | 'channel'
  | 'auth'
  | 'missing'
  | 'unchangeable'
  | 'busy'
  | 'unreachable'
  | 'unknown'
  | 'refused';

export interface Failure {
  kind: FailureKind;
  /** As Slack, or the network, calls it. */
  error: string;
  /** Seconds to wait, where Slack says so. */
  retryAfter: number | null;
  /** The scope that is missing, where Slack names it. */
  needed: string | null;
}

const CODES: Readonly<Record<Exclude<FailureKind, 'unreachable' | 'refused'>, readonly string[]>> = {
  ratelimited: ['ratelimited', 'rate_limited', 'message_limit_exceeded'],
  content: [
    'invalid_blocks',
    'invalid_blocks_format',
    'block_mismatch',
    'invalid_attachments',
    'attachment_payload_limit_exceeded',
    'too_many_attachments',
    'msg_too_long',
    'msg_blocks_too_long',
    'metadata_too_large',
    'invalid_metadata_format',
    'invalid_metadata_schema',
    'metadata_must_be_sent_from_app',
    'no_text',
  ],
  channel: [
    'channel_not_found',
    'channel_is_archived',
    'is_archived',
    'is_inactive',
    'not_in_channel',
    'channel_is_limited_access',
    'restricted_action',
    'restricted_action_read_only_channel',
    'restricted_action_thread_locked',
    'restricted_action_thread_only_channel',
    'restricted_action_non_threadable_channel',
    'channel_type_not_supported',
    'cannot_post_to_channel',
    'messages_tab_disabled',
    'external_channel_migrating',
  ],
  auth: [
    'invalid_auth',
    'not_authed',
    'account_inactive',
    'token_revoked',
    'token_expired',
    'missing_scope',
    'no_permission',
    'not_allowed_token_type',
    'org_login_required',
    'access_denied',
    'ekm_access_denied',
    'enterprise_is_restricted',
    'team_access_not_granted',
    'two_factor_setup_required',
  ],
  missing: ['message_not_found', 'thread_not_found', 'invalid_thread_ts', 'cannot_reply_to_message'],
  unchangeable: ['cant_update_message', 'edit_window_closed', 'cant_edit_message'],
  busy: ['team_added_to_org', 'request_timeout'],
  unknown: ['fatal_error', 'internal_error', 'service_unavailable'],
};

const KIND_OF: ReadonlyMap<string, FailureKind> = new Map(
  Object.entries(CODES).flatMap(([kind, codes]) => codes.map((code) => [code, kind as FailureKind])),
);

/** No connection was made, so no request was sent. */
const NEVER_SENT: ReadonlySet<string> = new Set([
  'ECONNREFUSED',
  'ENOTFOUND',
  'EAI_AGAIN',
  'EHOSTUNREACH',
  'ENETUNREACH',
  'UND_ERR_CONNECT_TIMEOUT',
  'CERT_HAS_EXPIRED',
  'DEPTH_ZERO_SELF_SIGNED_CERT',
  'SELF_SIGNED_CERT_IN_CHAIN',
  'UNABLE_TO_VERIFY_LEAF_SIGNATURE',
  'ERR_TLS_CERT_ALTNAME_INVALID',
]);

/** When Slack limits the rate and does not say for how long. */
const UNTOLD_WAIT_SECONDS = 30;

/** Total: whatever a call of Slack's client throws has a kind. */
export function classifySlackError(error: unknown): Failure {
  if (error instanceof WebAPIRateLimitedError) {
    return { kind: 'ratelimited', error: 'ratelimited', retryAfter: error.retryAfter, needed: null };
  }
  if (error instanceof WebAPIPlatformError) return refusal(error.data);
  if (error instanceof WebAPIHTTPError) return httpFailure(error.statusCode);
  if (error instanceof WebAPIRequestError) return requestFailure(error.original);
  if (/retry header/i.test(messageOf(error))) return httpFailure(429);
  return failure('unknown', messageOf(error));
}

function refusal(data: { error: string; needed?: unknown }): Failure {
  const { error: code, needed } = data;
  const kind = KIND_OF.get(code) ?? 'refused';
  return {
    kind,
    error: code,
    retryAfter: kind === 'ratelimited' ? UNTOLD_WAIT_SECONDS : null,
    needed: kind === 'auth' && typeof needed === 'string' ? needed : null,
  };
}

function httpFailure(status: number): Failure {
  if (status === 429) return { ...failure('ratelimited', 'ratelimited'), retryAfter: UNTOLD_WAIT_SECONDS };
  // What answers 4xx has looked at the request and done nothing: a proxy, or an address that is not Slack's.
  const kind = status >= 400 && status < 500 && status !== 408 ? 'busy' : 'unknown';
  return failure(kind, `http ${status}`);
}

function requestFailure(original: unknown): Failure {
  const codes = causes(original).map(codeOf);
  const kind = codes.some((code) => NEVER_SENT.has(code)) ? 'unreachable' : 'unknown';
  return failure(kind, codes.find((code) => code !== '') ?? messageOf(original));
}

function failure(kind: FailureKind, error: string): Failure {
  return { kind, error, retryAfter: null, needed: null };
}

/** The error, what caused it, and so on; several at once where several addresses were tried. */
function causes(error: unknown, depth = 0): unknown[] {
  if (typeof error !== 'object' || error === null || depth > 5) return [];
  const inner = [
    ...('cause' in error ? [error.cause] : []),
    ...('errors' in error && Array.isArray(error.errors) ? error.errors : []),
  ];
  return [error, ...inner.flatMap((one) => causes(one, depth + 1))];
}
