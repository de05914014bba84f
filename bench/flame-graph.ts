import { escaped } from './chaos/report/line-chart.ts';

/** A CPU profile of V8, as `node --cpu-prof` writes it. */
export interface CpuProfile {
  nodes: readonly {
    id: number;
    callFrame: { functionName: string; url: string; lineNumber: number };
    children?: readonly number[];
  }[];
  /** Node that was running, of each sample. */
  samples: readonly number[];
  /** Microseconds before each sample. */
  timeDeltas: readonly number[];
}

interface Frame {
  name: string;
  where: string;
  /** Microseconds, with those of its callees. */
  time: number;
  callees: Map<string, Frame>;
}

const WIDTH = 1200;
const ROW = 18;
/** Pixels of a character of the font, about. */
const CHARACTER = 6.2;
/** Narrower boxes cannot be seen. */
const NARROWEST = 4;

/** What is no work: waiting, and what V8 could not tell. */
const NO_WORK = new Set(['(idle)', '(program)', '(root)']);

/** Hue by whose code it is: ours, a library's, Node's and V8's own. */
function hueOf(where: string): number {
  if (where.includes('node_modules')) return 40;
  return where === '' || where.startsWith('node:') ? 210 : 130;
}

/**
 * A picture of where a program's time goes: as wide as the share of the time, what was called above what called it.
 * Calls of the same function by the same way are one box, whenever they were. Idle time is left out.
 *
 * @param root folder that the names of files are shown from
 * @returns SVG; a box says its whole name and share when the mouse is over it
 */
export function flameGraph(profile: CpuProfile, root: string, title: string): string {
  const whole = sum(profile, root);
  const boxes: string[] = [];
  const depth = draw(whole, { x: 0, level: 0 }, whole.time, boxes);
  const height = (depth + 2) * ROW;
  const flipped = boxes.map((box) =>
    box.replace(/y="@(\d+)"/g, (_, level) => `y="${height - (Number(level) + 1) * ROW}"`),
  );
  return `<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 ${WIDTH} ${height}" font-family="system-ui, sans-serif" font-size="11">
<title>${escaped(title)}</title>
<text x="4" y="13" fill="#8b949e">${escaped(title)}: ${(whole.time / 1e6).toFixed(1)} s of work. Green: Holdfast; yellow: libraries; blue: Node and V8.</text>
${flipped.join('\n')}
</svg>
`;
}

function sum(profile: CpuProfile, root: string): Frame {
  const byId = new Map(profile.nodes.map((node) => [node.id, node]));
  const callerOf = new Map(
    profile.nodes.flatMap((node) => (node.children ?? []).map((child) => [child, node.id])),
  );
  const own = new Map<number, number>();
  for (const [i, id] of profile.samples.entries())
    own.set(id, (own.get(id) ?? 0) + (profile.timeDeltas[i] ?? 0));
  const whole: Frame = { name: 'all', where: '', time: 0, callees: new Map() };
  for (const [id, time] of own) {
    if (NO_WORK.has(byId.get(id)?.callFrame.functionName ?? '')) continue;
    const stack: number[] = [];
    for (let at: number | undefined = id; at !== undefined; at = callerOf.get(at)) stack.push(at);
    whole.time += time;
    let frame = whole;
    for (const node of stack.reverse().slice(1)) frame = callee(frame, byId.get(node), root, time);
  }
  return whole;
}

function callee(
  caller: Frame,
  node: CpuProfile['nodes'][number] | undefined,
  root: string,
  time: number,
): Frame {
  const { functionName = '', url = '' } = node?.callFrame ?? {};
  const name = functionName === '' ? '(anonymous)' : functionName;
  const where = url.replace('file://', '').replace(root, '');
  const key = `${name} ${where}`;
  const frame = caller.callees.get(key) ?? { name, where, time: 0, callees: new Map() };
  frame.time += time;
  caller.callees.set(key, frame);
  return frame;
}

/** @returns how many rows there are above the first */
function draw(frame: Frame, at: { x: number; level: number }, whole: number, boxes: string[]): number {
  const width = (frame.time / whole) * WIDTH;
  if (width < NARROWEST) return at.level - 1;
  const label = `${frame.name}${frame.where === '' ? '' : ` (${frame.where})`}`;
  const shown = frame.name.slice(0, Math.max(0, Math.floor((width - 6) / CHARACTER)));
  const text =
    shown.length < 3
      ? ''
      : `<text x="${(at.x + 3).toFixed(1)}" dy="13" y="@${at.level}">${escaped(shown)}</text>`;
  const share = ((frame.time / whole) * 100).toFixed(1);
  boxes.push(
    `<g><title>${escaped(label)}: ${share} %</title><rect x="${at.x.toFixed(1)}" y="@${at.level}" width="${(width - 0.5).toFixed(1)}" height="${ROW - 1}" fill="hsl(${hueOf(frame.where)} 60% 72%)"/>${text}</g>`,
  );
  let deepest = at.level;
  let { x } = at;
  for (const next of [...frame.callees.values()].sort((a, b) => b.time - a.time)) {
    deepest = Math.max(deepest, draw(next, { x, level: at.level + 1 }, whole, boxes));
    x += (next.time / whole) * WIDTH;
  }
  return deepest;
}
