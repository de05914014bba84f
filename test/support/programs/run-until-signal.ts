import { runUntilSignal } from '../../../platform/lifecycle/run-until-signal.ts';
import { createLogger } from '../../../platform/logger/logger.ts';

// A program for the tests of runUntilSignal: how it stops is its first argument, the deadline its second.
const [how, deadlineMs] = process.argv.slice(2);
const waiting = setInterval(() => undefined, 1_000);

function stop(): Promise<void> {
  process.stdout.write('stop called\n');
  if (how === 'fails') return Promise.reject(new Error('could not'));
  if (how === 'hangs') return new Promise(() => undefined);
  clearInterval(waiting);
  return Promise.resolve();
}

runUntilSignal(createLogger({ program: 'test', level: 'info' }), stop, { deadlineMs: Number(deadlineMs) });
process.stdout.write('running\n');
