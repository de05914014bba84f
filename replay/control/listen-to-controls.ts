import { formatIso8601 } from '../../domain/time/iso8601.ts';
import type { Config } from '../../platform/config/load.ts';
import { closeServer, listen } from '../../platform/health/listen.ts';
import type { Logger } from '../../platform/logger/logger.ts';
import type { SimulatedClock } from '../clock/simulated-clock.ts';
import { control } from './commands.ts';
import { controlApp } from './control-app.ts';
import { KEYS_HELP, listenToKeys } from './keys.ts';

export interface ControlsOptions {
  config: Config;
  logger: Logger;
  clock: SimulatedClock;
  stop: AbortController;
  /** Added to a time that has no offset. */
  utcOffset: string;
}

export interface Listening {
  url: string;
  /** What the keys do; null: there is no terminal to press them on. */
  keys: string | null;
  /** More for the status, from now on. */
  show(more: () => Record<string, unknown>): void;
  close(): Promise<void>;
}

const HOST = '127.0.0.1';

/** Lets people and programs control a replay: by keys where there is a terminal, and by HTTP on this machine. */
export async function listenToControls(options: ControlsOptions): Promise<Listening> {
  const { config, logger, clock, stop, utcOffset } = options;
  let more: () => Record<string, unknown> = () => ({});
  const status = () => {
    const { state, now, speed, stepTo } = clock.status();
    return {
      state,
      simulated_at: now === 0 ? null : formatIso8601(now),
      speed: Number.isFinite(speed) ? speed : 'max',
      step_to: stepTo === null ? null : formatIso8601(stepTo),
      ...more(),
    };
  };
  const app = controlApp({
    token: config.apiToken,
    logger,
    utcOffset,
    status,
    command: (command) => control(clock, command),
  });
  const port = config.ports.replay;
  const server = await listen(app, HOST, port, 'REPLAY_PORT');
  const { stdin } = process;
  const forget = stdin.isTTY
    ? listenToKeys(stdin, { command: (command) => control(clock, command), stop: () => stop.abort() })
    : null;
  return {
    url: `http://${HOST}:${port}`,
    keys: forget === null ? null : KEYS_HELP,
    show: (next) => {
      more = next;
    },
    close: async () => {
      forget?.();
      await closeServer(server);
    },
  };
}
