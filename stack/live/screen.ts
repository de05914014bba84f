import type { WriteStream } from 'node:tty';
import { ansiPaint, noPaint } from './paint.ts';
import { render } from './render.ts';
import type { StackState } from './state.ts';

const redrawMs = 500;

const enter = '\x1b[?1049h\x1b[?25l\x1b[?7l'; // alternate screen, no cursor, no wrapping
const leave = '\x1b[?7h\x1b[?25h\x1b[?1049l';
// Terminals that know it show the frame between these two at once.
const beginFrame = '\x1b[?2026h\x1b[H';
const endFrame = '\x1b[J\x1b[?2026l';

/**
 * Draws the state in place on the terminal's alternate screen, twice a second and when the window changes, until closed;
 * closing, or the end of this process, gives the terminal back as it was.
 */
export function openScreen(
  state: StackState,
  out: WriteStream,
  { timeZone, colour }: { timeZone: string; colour: boolean },
): { redraw(): void; close(): void } {
  const paint = colour ? ansiPaint : noPaint;
  const redraw = () => {
    // A terminal that does not know its size says 0.
    const columns = out.columns || 80;
    const rows = out.rows || 24;
    const lines = render(state, { columns, rows, now: performance.now(), timeZone, paint });
    out.write(`${beginFrame}${lines.map((line) => `${line}\x1b[K`).join('\r\n')}${endFrame}`);
  };
  let open = true;
  const close = () => {
    if (!open) return;
    open = false;
    clearInterval(timer);
    out.off('resize', redraw);
    process.off('exit', close);
    out.write(leave);
  };
  out.write(enter);
  out.on('resize', redraw);
  process.on('exit', close);
  const timer = setInterval(redraw, redrawMs);
  redraw();
  return { redraw, close };
}
