import type { LinearState } from './duration-model.ts';
import type { GroupSum } from './group-effects.ts';
import type { MomentModel } from './moment-model.ts';
import type { Example, TailFit } from './tail-model.ts';

/** Values for JSON by name. */
export type StateParts = Record<string, unknown>;

/** A part is to be small, as it is written whole when something in it has changed. */
const EXAMPLES_IN_A_PART = 50;

/** An example without the names of its members, which would be half of all that is written. */
type ExampleRow = [
  promisedAt: number,
  logSeconds: number,
  logPromised: number,
  logExpected: number,
  promptness: number | null,
  customerState: string | null,
  sellerState: string | null,
  logit: number | null,
];

interface FitPart {
  fit: TailFit | null;
  spread: MomentModel['spread'];
}

export function momentParts({ durations, tail, spread }: MomentModel): StateParts {
  const { linear, groups } = durations.state();
  const parts: StateParts = { linear, fit: { fit: tail.fit, spread }, ring: tail.examples.count };
  const slots = tail.examples.all();
  for (let from = 0; from < slots.length; from += EXAMPLES_IN_A_PART) {
    parts[`examples/${from}`] = slots.slice(from, from + EXAMPLES_IN_A_PART).map(rowOf);
  }
  for (const [name, entries] of groups) {
    for (const entry of entries) {
      const key = `group/${name}/${lastCharacter(entry[0])}`;
      const part = (parts[key] ?? []) as [string, GroupSum][];
      part.push(entry);
      parts[key] = part;
    }
  }
  return parts;
}

export function restoreMoment(model: MomentModel, moment: string, parts: Readonly<StateParts>): void {
  const part = <T>(key: string) => parts[`${moment}/${key}`] as T | undefined;
  const linear = part<LinearState>('linear');
  if (linear === undefined) return;
  model.durations.restoreLinear(linear);
  const { fit, spread } = part<FitPart>('fit')!;
  model.tail.restoreFit(fit);
  model.spread = spread;
  const slots: Example[] = [];
  for (let from = 0; ; from += EXAMPLES_IN_A_PART) {
    const rows = part<ExampleRow[]>(`examples/${from}`);
    if (rows === undefined) break;
    slots.push(...rows.map(exampleOf));
  }
  model.tail.examples.restore(slots, part<number>('ring') ?? slots.length);
  for (const [key, entries] of Object.entries(parts)) {
    const [of, kind, name] = key.split('/');
    if (of === moment && kind === 'group')
      model.durations.restoreGroup(name!, entries as [string, GroupSum][]);
  }
}

/** A whole one: half a surrogate pair can be kept in no database, and is the half of many characters. */
function lastCharacter(text: string): string {
  return [...text.slice(-2)].at(-1) ?? '';
}

function rowOf(of: Example): ExampleRow {
  const { promisedAt, logSeconds, logPromised, logExpected, promptness, customerState, sellerState, logit } =
    of;
  return [promisedAt, logSeconds, logPromised, logExpected, promptness, customerState, sellerState, logit];
}

function exampleOf(row: ExampleRow): Example {
  const [promisedAt, logSeconds, logPromised, logExpected, promptness, customerState, sellerState, logit] =
    row;
  return { promisedAt, logSeconds, logPromised, logExpected, promptness, customerState, sellerState, logit };
}
