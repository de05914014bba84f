import { fitTo, formatClock, formatCount, formatSeconds, sparkline } from './format.ts';
import type { Paint } from './paint.ts';
import type { StackState, Traffic, WindowRow } from './state.ts';

const labelWidth = 12;

/** Four lines: how much comes in, how far behind, what waits for people, what the current half hour adds up to. */
export function renderTraffic(state: StackState, width: number, paint: Paint, timeZone: string): string[] {
  const { traffic, window } = state;
  const row = (label: string, value: string) => `${paint.dim(fitTo(label, labelWidth))}${value}`;
  const room = width - labelWidth;
  if (traffic === undefined)
    return [row('records', fitTo('waiting for the first metrics ...', room)), '', '', ''];
  return [
    row('records', recordsLine(traffic, room, paint)),
    row('behind', fitTo(behind(traffic), room).trimEnd()),
    row('alerts', fitTo(alertsLine(traffic), room).trimEnd()),
    window === undefined
      ? row('rollups', '')
      : row(`since ${startOf(window, timeZone)}`, fitTo(rollup(window), room).trimEnd()),
  ];
}

function recordsLine(traffic: Traffic, room: number, paint: Paint): string {
  const rate = `${traffic.recordsPerSecond.toFixed(1)}/s`;
  const counts = `${formatCount(traffic.consumed)} consumed · ${formatCount(traffic.duplicate)} duplicate · ${formatCount(traffic.deadLettered)} dead-lettered`;
  const line = fitTo(`${rate.padEnd(10)}${counts}`, room).trimEnd();
  const left = room - line.length - 2;
  const chart = left >= 8 ? sparkline(traffic.history, Math.min(left, 60)) : '';
  return `${paint.bold(line.slice(0, rate.length))}${line.slice(rate.length)}  ${paint.accent(chart)}`.trimEnd();
}

function behind({ lag, latencyP95 }: Traffic): string {
  const waiting = lag === undefined ? 'lag not known yet' : `${formatCount(lag)} records waiting`;
  const latency =
    latencyP95 === undefined ? '' : ` · produced to committed in ${formatSeconds(latencyP95)} (95 %)`;
  return `${waiting}${latency}`;
}

function alertsLine({ alerts: { open, acknowledged, retrying, unsent } }: Traffic): string {
  const slack = unsent === 0 ? 'all in Slack' : `${formatCount(unsent)} on their way to Slack`;
  return `${formatCount(open)} open · ${formatCount(acknowledged)} acknowledged · ${formatCount(retrying)} retrying · ${slack}`;
}

function startOf({ start }: WindowRow, timeZone: string): string {
  return formatClock(start, timeZone).slice(0, 5);
}

function rollup({ orders, payments, shipped, holds }: WindowRow): string {
  const rate = orders === 0 ? '' : ` (${((100 * holds) / orders).toFixed(1)} %)`;
  return `${formatCount(orders)} orders · ${formatCount(payments)} paid · ${formatCount(shipped)} shipped · ${formatCount(holds)} holds${rate}`;
}
