import { ApiError } from '../api-error.ts';
import { findChannel } from '../directory.ts';
import type { Standin } from '../standin.ts';
import type { Arguments } from './arguments.ts';
import { WRITES_NOTHING, writesTo } from './method.ts';
import { METHODS } from './methods.ts';
import { type Ended, failed, type HttpAnswer, rateLimited, succeeded } from './outcome.ts';
import { withFaults } from './with-faults.ts';

/**
 * Answers a call of the Web API: token, faults, rate limit, then the method with its validation and its effect.
 *
 * @returns null when the connection is to be cut
 */
export async function handleCall(
  standin: Standin,
  name: string,
  token: string | undefined,
  args: Arguments,
): Promise<HttpAnswer | null> {
  const sent = args.optionalText('channel');
  const channel = sent === undefined ? undefined : (findChannel(standin.directory, sent)?.id ?? sent);
  const refusal = refuse(standin, name, token);
  const { result, outcome } =
    refusal === null
      ? await withFaults(
          standin,
          name,
          channel,
          () => limited(standin, name, channel),
          (keep) => execute(standin, name, args, keep),
        )
      : failed(new ApiError(refusal));
  standin.calls.add({
    method: name,
    at: new Date(standin.now()).toISOString(),
    outcome,
    ...(channel === undefined ? {} : { channel }),
  });
  return result;
}

function refuse(standin: Standin, name: string, token: string | undefined): string | null {
  const { botToken, appToken } = standin.secrets;
  if (!METHODS.has(name)) return 'unknown_method';
  if (name === 'api.test') return null;
  if (token === undefined || token === '') return 'not_authed';
  const wanted = name === 'apps.connections.open' ? appToken : botToken;
  if (token === wanted) return null;
  return token === botToken || token === appToken ? 'not_allowed_token_type' : 'invalid_auth';
}

function limited(standin: Standin, name: string, channel: string | undefined): Ended | null {
  const retryAfter = standin.rateLimits.take(name, channel);
  return retryAfter === null ? null : rateLimited(retryAfter);
}

function execute(standin: Standin, name: string, args: Arguments, keep: boolean): Ended {
  const method = METHODS.get(name);
  if (method === undefined) return failed(new ApiError('unknown_method'));
  try {
    return succeeded(method({ standin, args, writes: keep ? writesTo(standin) : WRITES_NOTHING }));
  } catch (error) {
    if (error instanceof ApiError) return failed(error);
    throw error;
  }
}
