import { performance } from 'node:perf_hooks';
import { parseArgs } from 'node:util';
import { attribute } from '../../domain/causes/attribution/attribute.ts';
import { Prng } from '../../simulator/timing/prng.ts';
import { adtributor } from './adtributor.ts';
import { type Case, DIMENSIONS, elementName, generateCase, SIZES } from './generate-case.ts';

const HELP = `Attribution of deviations to root causes, on generated cases whose root causes are known.

  npm run bench:causes -- [--cases N] [--seed TEXT]

  --cases N     how many cases (500)
  --seed TEXT   other cases (causes)
`;

interface Score {
  found: number;
  wrong: number;
  missed: number;
}

type Method = (one: Case) => Record<string, string>[];

const METHODS: readonly (readonly [string, Method])[] = [
  ['attribute', ({ leaves }) => attribute(DIMENSIONS, leaves).map(({ where }) => ({ ...where }))],
  ['Adtributor', ({ leaves }) => adtributor(DIMENSIONS, leaves)],
];

function main(): void {
  const { values } = parseArgs({
    options: {
      cases: { type: 'string', default: '500' },
      seed: { type: 'string', default: 'causes' },
      help: { type: 'boolean', short: 'h', default: false },
    },
  });
  if (values.help) {
    console.log(HELP);
    return;
  }
  const count = Number(values.cases);
  if (!Number.isInteger(count) || count < 1) {
    console.error(`--cases must be a whole number from 1, not ${values.cases}`);
    process.exitCode = 1;
    return;
  }
  const root = new Prng(values.seed);
  const cases = Array.from({ length: count }, (_, i) => generateCase(root.fork(i)));
  const sizes = SIZES.map(([name, size]) => `${name} ${size}`).join(', ');
  console.log(`${count} cases, seed ${values.seed}, dimensions ${sizes}\n`);
  console.log('method      precision  recall      F1   ms a case');
  for (const [name, method] of METHODS) console.log(row(name, cases, method));
}

function row(name: string, cases: readonly Case[], method: Method): string {
  const total: Score = { found: 0, wrong: 0, missed: 0 };
  const started = performance.now();
  const answers = cases.map(method);
  const each = (performance.now() - started) / cases.length;
  for (const [i, { truth }] of cases.entries()) {
    const found = new Set((answers[i] ?? []).map(elementName));
    const right = [...found].filter((element) => truth.has(element)).length;
    total.found += right;
    total.wrong += found.size - right;
    total.missed += truth.size - right;
  }
  const precision = total.found / Math.max(1, total.found + total.wrong);
  const recall = total.found / (total.found + total.missed);
  const f1 = (2 * total.found) / (2 * total.found + total.wrong + total.missed);
  const figures = [precision, recall, f1].map((figure) => figure.toFixed(3).padStart(9)).join('');
  return `${name.padEnd(12)}${figures}${each.toFixed(1).padStart(12)}`;
}

main();
