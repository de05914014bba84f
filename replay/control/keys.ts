import type { ReadStream } from 'node:tty';
import type { ControlCommand } from './commands.ts';

const KEYS: ReadonlyMap<string, ControlCommand['name'] & ('toggle' | 'faster' | 'slower' | 'next-day')> =
  new Map([
    [' ', 'toggle'],
    ['+', 'faster'],
    ['=', 'faster'],
    ['-', 'slower'],
    ['s', 'next-day'],
  ] as const);

const CTRL_C = '\u0003';
const CTRL_D = '\u0004';

export const KEYS_HELP = 'space pauses, + and - change the speed, s steps to the next day, q stops';

export interface KeyListener {
  command(command: ControlCommand): void;
  stop(): void;
}

/** What the keys of a chunk of terminal input ask for. */
export function readKeys(chunk: string, listener: KeyListener): void {
  for (const key of chunk) {
    const name = KEYS.get(key);
    if (name !== undefined) listener.command({ name });
    else if (key === 'q' || key === CTRL_C || key === CTRL_D) listener.stop();
  }
}

/** Listens to the keys of a terminal. @returns gives the terminal back */
export function listenToKeys(terminal: ReadStream, listener: KeyListener): () => void {
  const onData = (chunk: Buffer) => readKeys(chunk.toString(), listener);
  terminal.setRawMode(true);
  terminal.on('data', onData);
  terminal.resume();
  return () => {
    terminal.off('data', onData);
    terminal.setRawMode(false);
    terminal.pause();
  };
}
