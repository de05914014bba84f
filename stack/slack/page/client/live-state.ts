import { flushSync } from 'react-dom';
import type { StandinState } from '../../standin-types.ts';
import { paced } from './paced.ts';

const reconnectMilliseconds = 1000;

/**
 * Follows the stand-in until the returned function is called. A browser reconnects by itself while the server is away,
 * but gives up at an answer that is no event stream; this goes on after that, too.
 */
export function followState(on: {
  state: (standin: StandinState) => void;
  connection: (connection: 'live' | 'lost') => void;
}): () => void {
  let stopped = false;
  let source: EventSource | undefined;
  let timer: ReturnType<typeof setTimeout> | undefined;

  const take = paced<string>(
    (state) => {
      // At once, so that the rest is measured by the rendering, too.
      if (!stopped) flushSync(() => on.state(JSON.parse(state) as StandinState));
    },
    () => performance.now(),
    setTimeout,
  );

  function open(): void {
    if (stopped) return;
    source = new EventSource('/standin/events');
    source.addEventListener('open', () => on.connection('live'));
    source.addEventListener('state', (event) => take(event.data as string));
    source.addEventListener('error', () => {
      on.connection('lost');
      if (source?.readyState === EventSource.CLOSED) timer = setTimeout(open, reconnectMilliseconds);
    });
  }

  open();
  return () => {
    stopped = true;
    clearTimeout(timer);
    source?.close();
  };
}
