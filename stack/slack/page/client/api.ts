import type { Click, Command, Delivery, NewFault, Submission, SubmitDelivery } from '../../standin-types.ts';

/** The stand-in said no; the message is its own. */
export class RefusedError extends Error {
  readonly status: number;

  constructor(status: number, message: string) {
    super(message);
    this.status = status;
  }
}

/** What a person can do, one request each. All reject with {@link RefusedError}, or TypeError when nobody answers. */
export const api = {
  act: (click: Click) => send<Delivery>('POST', 'act', click),
  submit: (submission: Submission) => send<SubmitDelivery>('POST', 'submit', submission),
  close: (user_id: string, view_id: string) => send<unknown>('POST', 'close', { user_id, view_id }),
  command: (command: Command) => send<Delivery>('POST', 'command', command),
  post: (message: { user_id: string; channel: string; text: string; thread_ts?: string }) =>
    send<unknown>('POST', 'post', message),
  remove: (channel: string, ts: string) => send<unknown>('POST', 'delete', { channel, ts }),
  openHome: (user_id: string) => send<Delivery>('POST', 'home', { user_id }),
  archive: (channel: string, archived: boolean) => send<unknown>('POST', 'archive', { channel, archived }),
  setFault: (fault: NewFault) => send<unknown>('PUT', 'faults', fault),
  clearFaults: (id?: string) =>
    send<unknown>('DELETE', id === undefined ? 'faults' : `faults?id=${encodeURIComponent(id)}`),
};

async function send<Answer>(method: string, path: string, body?: unknown): Promise<Answer> {
  const response = await fetch(`/standin/${path}`, {
    method,
    ...(body === undefined
      ? {}
      : { headers: { 'content-type': 'application/json' }, body: JSON.stringify(body) }),
  });
  const text = await response.text();
  if (!response.ok) throw new RefusedError(response.status, errorText(text) ?? `HTTP ${response.status}`);
  return (text === '' ? {} : JSON.parse(text)) as Answer;
}

/** What the stand-in says to people; the name of the error alone where it says nothing. */
function errorText(text: string): string | null {
  try {
    const { error, message } = JSON.parse(text) as { error?: unknown; message?: unknown };
    const said = message ?? error;
    return typeof said === 'string' ? said : null;
  } catch {
    return null;
  }
}
