import { fitTo, formatClock, formatUptime } from './format.ts';
import { noPaint, type Paint } from './paint.ts';
import { holdsBlock } from './render-holds.ts';
import { renderSteps } from './render-steps.ts';
import { renderTraffic } from './render-traffic.ts';
import type { StackEvent, StackState } from './state.ts';

export type RenderOptions = {
  readonly columns: number;
  readonly rows: number;
  /** The monotonic clock of the state's times, milliseconds. */
  readonly now: number;
  /** IANA name of the zone times of day are shown in. */
  readonly timeZone: string;
  readonly paint?: Paint;
};

const margin = ' ';
const eventsShown = 2;

/** The screen as lines: never more than `rows`, none wider than `columns`. */
export function render(
  state: StackState,
  { columns, rows, now, timeZone, paint = noPaint }: RenderOptions,
): string[] {
  const width = columns - 2 * margin.length;
  const top = [title(state, width, now, paint), ''];
  if (state.readyAfterMs === undefined) {
    const steps = renderSteps(state, now, width, paint);
    return finish([...top, ...steps, '', ...events(state, width, timeZone, paint)], rows);
  }

  const traffic = renderTraffic(state, width, paint, timeZone);
  const foot = ['', ...links(state, width, paint), ...events(state, width, timeZone, paint)];
  const room = rows - top.length - traffic.length - 1 - foot.length;
  const holds = holdsBlock(state, { width, height: Math.max(room, 2), timeZone, paint });
  return finish([...top, ...traffic, '', ...holds, ...foot], rows);
}

function finish(lines: string[], rows: number): string[] {
  return lines.slice(0, Math.max(rows, 0)).map((line) => (line === '' ? '' : margin + line));
}

function title(state: StackState, width: number, now: number, paint: Paint): string {
  const right = {
    starting: 'starting · Ctrl-C stops',
    ready: `up ${formatUptime(now - state.startedAt)} · Ctrl-C stops`,
    stopping: 'stopping ...',
  }[state.phase];
  const left = state.readyAfterMs === undefined ? '' : `ready in ${(state.readyAfterMs / 1000).toFixed(1)} s`;
  const name = 'Holdfast';
  const room = width - name.length - 2;
  const rest = `${fitTo(left, Math.max(room - right.length, 0))}${right}`;
  return `${paint.bold(name)}  ${paint.dim(fitTo(rest, room))}`;
}

function links(state: StackState, width: number, paint: Paint): string[] {
  const newest = state.holds?.latest[0]?.orderId;
  return state.links.map(({ label, url }) => {
    const target = newest === undefined ? url : url.replace(':id', encodeURIComponent(newest));
    return `${paint.dim(fitTo(label, 12))}${paint.accent(fitTo(target, width - 12).trimEnd())}`;
  });
}

function events(state: StackState, width: number, timeZone: string, paint: Paint): string[] {
  const line = ({ at, text }: StackEvent) => {
    const clock = formatClock(at, timeZone);
    return `${paint.dim(clock)}  ${fitTo(text, width - clock.length - 2).trimEnd()}`;
  };
  return state.events.slice(-eventsShown).map(line);
}
