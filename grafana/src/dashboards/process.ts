import type { Board } from '../parts/board.ts';
import { statPanel, timePanel } from '../parts/panels.ts';
import { prom, proms } from '../parts/query.ts';

const FINE = '15s';
const OURS = 'job=~"processor|alertbot"';

const versions = statPanel({
  title: 'What runs',
  description: 'Which version runs, on which Node?',
  unit: 'locale',
  queries: prom(
    'max by (program, version, node) (holdfast_build_info)',
    '{{program}} {{version}}, Node {{node}}',
    {
      instant: true,
    },
  ),
  span: 12,
  noValue: 'nothing',
  columns: {},
});

const uptime = statPanel({
  title: 'Up for',
  description: 'Since when does each run? Short times that come again mean that it is being restarted.',
  unit: 's',
  queries: prom(`time() - process_start_time_seconds{${OURS}}`, '{{job}} {{instance}}', { instant: true }),
  span: 12,
  noValue: 'nothing',
  limits: { warnBelow: 300, badBelow: 0 },
});

const cpu = timePanel({
  title: 'Processor time',
  description: 'How much of a core is used? Node runs on one: near 100 % is the end.',
  unit: 'percentunit',
  queries: proms([`rate(process_cpu_seconds_total{${OURS}}[$__rate_interval])`, '{{job}} {{instance}}']),
  span: 8,
  limits: { warn: 0.8, bad: 0.95 },
  limitLines: true,
  interval: FINE,
});

const memory = timePanel({
  title: 'Resident memory',
  description: 'Does it grow without end?',
  unit: 'bytes',
  queries: proms([`process_resident_memory_bytes{${OURS}}`, '{{job}} {{instance}}']),
  span: 8,
  interval: FINE,
});

const heap = timePanel({
  title: 'Heap',
  description: 'How much of the JavaScript heap is used, out of what V8 has taken?',
  unit: 'bytes',
  queries: proms(
    [`nodejs_heap_size_used_bytes{${OURS}}`, '{{job}} used'],
    [`nodejs_heap_size_total_bytes{${OURS}}`, '{{job}} taken'],
  ),
  span: 8,
  interval: FINE,
});

const eventLoop = timePanel({
  title: 'Event loop, 99 %',
  description: 'Does anything block the one thread?',
  unit: 's',
  queries: proms([`nodejs_eventloop_lag_p99_seconds{${OURS}}`, '{{job}} {{instance}}']),
  span: 8,
  limits: { warn: 0.1, bad: 0.5 },
  limitLines: true,
  interval: FINE,
});

const gc = timePanel({
  title: 'Garbage collection, share of time',
  description: 'How much time goes into garbage collection?',
  unit: 'percentunit',
  queries: proms([
    `sum by (job, kind) (rate(nodejs_gc_duration_seconds_sum{${OURS}}[$__rate_interval]))`,
    '{{job}} {{kind}}',
  ]),
  span: 8,
  stacked: true,
  limits: { warn: 0.2, bad: 0.5 },
  interval: FINE,
});

const handles = timePanel({
  title: 'Open files and sockets',
  description: 'Does it leak descriptors, and how many may it have?',
  unit: 'locale',
  queries: proms([`process_open_fds{${OURS}}`, '{{job}} {{instance}}']),
  span: 8,
  interval: FINE,
});

export const board: Board = {
  uid: 'holdfast-process',
  title: 'Processes',
  description: 'Utilisation, saturation and errors of the programs themselves.',
  from: 'now-12h',
  rows: [
    { title: 'Now', panels: [versions, uptime] },
    { title: 'Use', panels: [cpu, memory, heap] },
    { title: 'Saturation', panels: [eventLoop, gc, handles] },
  ],
};
