import type { WriteStream } from 'node:tty';
import { formatCount, formatUptime } from './format.ts';
import type { Journal } from './journal.ts';
import { openPlain } from './plain.ts';
import { openScreen } from './screen.ts';
import type { StackState } from './state.ts';

export type ViewOptions = {
  readonly out: WriteStream;
  readonly env: Readonly<Record<string, string | undefined>>;
  /** Plain lines even on a terminal. */
  readonly plain: boolean;
  readonly timeZone: string;
};

/** Shows the journal until closed: one screen in place on a terminal, plain lines elsewhere. */
export function openView(journal: Journal, { out, env, plain, timeZone }: ViewOptions): { close(): void } {
  if (out.isTTY && !plain && env.TERM !== 'dumb') {
    const screen = openScreen(journal.state, out, { timeZone, colour: !env.NO_COLOR });
    journal.listen({
      stepEnded: screen.redraw,
      happened: screen.redraw,
      becameReady: screen.redraw,
      stopping: screen.redraw,
    });
    return screen;
  }
  const view = openPlain(journal.state, (line) => out.write(`${line}\n`), timeZone);
  journal.listen(view.listener);
  return view;
}

/** What remains on the terminal afterwards. */
export function summary(state: StackState, now: number): string {
  const { traffic } = state;
  const ran = `Holdfast ran for ${formatUptime(now - state.startedAt)}`;
  if (traffic === undefined) return `${ran}.`;
  return `${ran}: ${formatCount(traffic.consumed)} records consumed, ${formatCount(traffic.holdsOpened)} holds opened.`;
}
