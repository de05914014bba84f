import { formatClock, formatCount, formatSeconds } from './format.ts';
import type { JournalListener } from './journal.ts';
import { holdReasons } from './render-holds.ts';
import type { StackState } from './state.ts';

const statusEveryMs = 10_000;

/** One line that says how it goes. */
export function statusLine({ traffic, holds }: StackState): string {
  if (traffic === undefined) return 'waiting for the first metrics ...';
  const parts = [
    `${traffic.recordsPerSecond.toFixed(1)} records/s`,
    `${formatCount(traffic.consumed)} consumed`,
    `${formatCount(traffic.deadLettered)} dead-lettered`,
    `lag ${traffic.lag === undefined ? '?' : formatCount(traffic.lag)}`,
  ];
  if (traffic.latencyP95 !== undefined) parts.push(`p95 ${formatSeconds(traffic.latencyP95)}`);
  const open = holds?.open ?? {};
  const reasons = [...new Set([...holdReasons, ...Object.keys(open)])];
  const shown = reasons
    .filter((reason) => (open[reason] ?? 0) > 0)
    .map((reason) => `${reason} ${open[reason]}`);
  parts.push(`open holds: ${shown.length > 0 ? shown.join(', ') : 'none'}`);
  return parts.join(' | ');
}

/** Plain lines for a log or a pipe: each step, each event, the addresses, and a status line every ten seconds. */
export function openPlain(
  state: StackState,
  say: (line: string) => void,
  timeZone: string,
): { listener: JournalListener; close(): void } {
  let timer: NodeJS.Timeout | undefined;
  const at = (date: Date) => formatClock(date, timeZone);
  return {
    listener: {
      stepEnded: ({ name, state: outcome, tookMs = 0 }) =>
        say(`${outcome === 'done' ? 'ok    ' : 'FAILED'} ${name} (${(tookMs / 1000).toFixed(1)} s)`),
      happened: (event) => say(`${at(event.at)} ${event.text}`),
      becameReady: ({ readyAfterMs = 0, links }) => {
        say(`ready in ${(readyAfterMs / 1000).toFixed(1)} s; Ctrl-C stops`);
        for (const { label, url } of links) say(`  ${label.padEnd(12)}${url}`);
        timer = setInterval(() => say(`${at(new Date())} ${statusLine(state)}`), statusEveryMs);
      },
    },
    close: () => clearInterval(timer),
  };
}
