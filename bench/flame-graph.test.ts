import { expect, it } from 'vitest';
import { type CpuProfile, flameGraph } from './flame-graph.ts';

const node = (id: number, functionName: string, url: string, children: number[] = []) => ({
  id,
  callFrame: { functionName, url, lineNumber: 1 },
  children,
});

/** `main` calls `parse` by two ways of V8's tree, and waits. */
const profile: CpuProfile = {
  nodes: [
    node(1, '(root)', '', [2, 5]),
    node(2, 'main', 'file:///app/processor/main.ts', [3, 4]),
    node(3, 'parse', 'file:///app/node_modules/pg/lib/parser.js'),
    node(4, 'parse', 'file:///app/node_modules/pg/lib/parser.js'),
    node(5, '(idle)', ''),
  ],
  samples: [2, 3, 4, 5],
  timeDeltas: [100, 200, 100, 10_000],
};

it('gives each function its share of the work, calls of the same way together, and none to waiting', () => {
  const svg = flameGraph(profile, '/app/', 'a <test>');
  expect(svg).toContain('<title>all: 100.0 %</title>');
  expect(svg).toContain('<title>main (processor/main.ts): 100.0 %</title>');
  expect(svg).toContain('<title>parse (node_modules/pg/lib/parser.js): 75.0 %</title>');
  expect(svg).not.toContain('idle');
  expect(svg).toContain('a &lt;test&gt;');
});

it('draws what was called above what called it, as wide as its share', () => {
  const rect = (name: string) => {
    const found = new RegExp(
      `<title>${name}[^<]*</title><rect x="([\\d.]+)" y="(\\d+)" width="([\\d.]+)"`,
    ).exec(flameGraph(profile, '/app/', ''));
    return found?.slice(1).map(Number) ?? [];
  };
  const [x, y, width] = rect('main');
  const [calledX, calledY, calledWidth] = rect('parse');
  expect(calledX).toBe(x);
  expect(calledY).toBe((y ?? 0) - 18);
  expect(calledWidth).toBeCloseTo(1200 * 0.75 - 0.5, 1);
  expect(width).toBeCloseTo(1199.5, 1);
});
