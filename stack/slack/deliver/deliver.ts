import { isObject } from '../json.ts';
import type { Standin } from '../standin.ts';
import type { Delivery } from '../standin-types.ts';
import { post } from './post.ts';
import { signedRequest } from './sign.ts';
import type { EnvelopeType } from './socket-mode.ts';

export interface Outgoing {
  type: EnvelopeType;
  /** As it stands in an envelope of Socket Mode. */
  payload: Record<string, unknown>;
}

/** `answer`: what the app said in its acknowledgement, undefined when that is empty. */
export interface Answered {
  delivery: Delivery;
  answer: unknown;
}

/** Sends one interaction, command or event, by Socket Mode or as a signed request, and waits three seconds at most. */
export async function deliver(standin: Standin, outgoing: Outgoing): Promise<Answered> {
  const started = performance.now();
  const elapsed = () => Math.round(performance.now() - started);
  const deadline = AbortSignal.timeout(standin.deadlineMs);
  const signal = AbortSignal.any([deadline, standin.stopping]);
  try {
    const { status, answer } = await send(standin, outgoing, signal);
    if (status < 200 || status > 299) {
      return failed({ delivered: false, error: 'dispatch_failed', status, elapsed_ms: elapsed() });
    }
    return { delivery: { delivered: true, status, elapsed_ms: elapsed() }, answer };
  } catch {
    const error = deadline.aborted ? 'operation_timeout' : 'dispatch_failed';
    return failed({ delivered: false, error, elapsed_ms: elapsed() });
  }
}

/** A delivery whose answer Slack could not use. */
export function unusable({ delivery }: Answered): Delivery {
  return { delivered: false, error: 'dispatch_failed', elapsed_ms: delivery.elapsed_ms };
}

function failed(delivery: Delivery): Answered {
  return { delivery, answer: undefined };
}

async function send(
  standin: Standin,
  outgoing: Outgoing,
  signal: AbortSignal,
): Promise<{ status: number; answer: unknown }> {
  const { requestUrl, preferSocket } = standin.target;
  if (requestUrl === null || (preferSocket && standin.sockets.connected)) {
    const payload = await standin.sockets.deliver(outgoing.type, outgoing.payload, signal);
    return {
      status: 200,
      answer: isObject(payload) && Object.keys(payload).length > 0 ? payload : undefined,
    };
  }
  const request = signedRequest(bodyOf(outgoing), {
    secret: standin.secrets.signingSecret,
    timestamp: Math.floor(standin.now() / 1000),
  });
  standin.deliveries.add({ url: requestUrl, ...request });
  const { status, body } = await post(requestUrl, request, signal);
  return { status, answer: parseAnswer(body) };
}

/** Events are JSON, commands are a form, interactions are a form with one field that is JSON. */
function bodyOf({ type, payload }: Outgoing): string {
  if (type === 'events_api') return JSON.stringify(payload);
  const form =
    type === 'interactive' ? { payload: JSON.stringify(payload) } : (payload as Record<string, string>);
  return new URLSearchParams(form).toString();
}

function parseAnswer(body: string): unknown {
  if (body.trim() === '') return undefined;
  try {
    return JSON.parse(body);
  } catch {
    return body;
  }
}
