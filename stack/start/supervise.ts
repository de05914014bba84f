import { backoffMs, sleep } from '../../platform/errors/backoff.ts';
import type { Exit } from './guarded-process.ts';

/** A process that serves. */
export type Running = {
  readonly pid: number;
  readonly exited: Promise<Exit>;
  readonly stop: () => Promise<unknown>;
  /** SIGKILL. */
  readonly kill: () => void;
};

export type Service = {
  readonly name: string;
  /** Starts it and resolves when it serves. When `signal` aborts meanwhile it must clean up and reject. */
  readonly launch: (signal: AbortSignal) => Promise<Running>;
  /** Whether exit code 0 means that its work is done, instead of a crash. */
  readonly mayFinish?: boolean;
};

export type SuperviseOptions = {
  /** Told, in words for people, when the service ends by itself and when it is back. */
  readonly onEvent: (text: string) => void;
  /** Wait before the first restart, in milliseconds; doubled with each further one up to `longestMs`. */
  readonly firstMs?: number;
  readonly longestMs?: number;
  /** A service that served this long has recovered: its next crash starts from the shortest wait. */
  readonly steadyMs?: number;
};

export type Supervised = {
  /** The first launch: resolves when the service serves, rejects when it could not be started. */
  readonly ready: Promise<void>;
  readonly stop: () => Promise<void>;
  readonly kill: () => void;
};

/** Starts a service and starts it again whenever it ends by itself, until it is stopped. */
export function supervise(service: Service, options: SuperviseOptions): Supervised {
  const { onEvent, firstMs = 1_000, longestMs = 30_000, steadyMs = 60_000 } = options;
  const { name } = service;
  const stopping = new AbortController();
  let current: Running | undefined;

  async function watch(): Promise<void> {
    let attempt = 0;
    while (current !== undefined) {
      const since = performance.now();
      const exit = await current.exited;
      current = undefined;
      if (stopping.signal.aborted) return;
      if (service.mayFinish && exit.code === 0) return onEvent(`${name} has finished`);
      if (performance.now() - since > steadyMs) attempt = 0;
      let reason = `ended (${describeExit(exit)})`;
      while (current === undefined) {
        attempt += 1;
        // No jitter: nobody else restarts at the same moment.
        const wait = backoffMs(attempt, { firstMs, longestMs }, () => 1);
        onEvent(`${name} ${reason}; starting it again in ${wait / 1000} s`);
        await sleep(wait, stopping.signal);
        if (stopping.signal.aborted) return;
        try {
          current = await service.launch(stopping.signal);
        } catch (error) {
          if (stopping.signal.aborted) return;
          reason = `did not start: ${firstLine(error)}`;
        }
      }
      onEvent(`${name} is back`);
    }
  }

  const ready = service.launch(stopping.signal).then((running) => {
    current = running;
  });
  const watching = ready.then(watch).catch(() => {}); // a failed first launch is reported by `ready`
  return {
    ready,
    stop: async () => {
      stopping.abort();
      await ready.catch(() => {});
      await current?.stop();
      await watching;
      await current?.stop(); // a restart that was just under way
    },
    kill: () => {
      stopping.abort();
      current?.kill();
    },
  };
}

function describeExit({ code, signal }: Exit): string {
  return signal ?? `exit code ${code}`;
}

function firstLine(error: unknown): string {
  return (error instanceof Error ? error.message : String(error)).split('\n')[0] ?? '';
}
