import type { Request, Response } from 'express';
import type { Standin } from '../standin.ts';
import { stateOf } from '../state.ts';

/** At most five states a second go to a page. */
const EVERY_MS = 200;
/** More messages than that nobody scrolls through; `GET /standin/state` has them all. */
const LAST_MESSAGES = 2_000;

/** Server-sent events: the state now, and after each change. A page that reads slowly is sent fewer, never older ones. */
export function stateEvents(standin: Standin) {
  return (request: Request, response: Response): void => {
    response.set({
      'content-type': 'text/event-stream',
      'cache-control': 'no-store',
      connection: 'keep-alive',
    });
    response.flushHeaders();
    let pending: NodeJS.Timeout | null = null;

    const send = () => {
      pending = null;
      response.write(`event: state\ndata: ${JSON.stringify(stateOf(standin, LAST_MESSAGES))}\n\n`);
    };
    const sendSoon = () => {
      pending ??= setTimeout(() => {
        if (response.writableNeedDrain) {
          pending = null;
          response.once('drain', sendSoon);
        } else {
          send();
        }
      }, EVERY_MS);
    };
    const end = () => {
      stopListening();
      if (pending !== null) clearTimeout(pending);
      response.end();
    };
    const stopListening = standin.changes.listen(sendSoon);
    standin.stopping.addEventListener('abort', end, { once: true });
    request.on('close', () => {
      standin.stopping.removeEventListener('abort', end);
      end();
    });
    send();
  };
}
