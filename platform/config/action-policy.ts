import { existsSync, readFileSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { parseDocument } from 'yaml';
import type { ActionPolicy } from '../../domain/response/policy.ts';
import { messageOf } from '../errors/classify.ts';
import { actionPolicySchema } from './action-policy-schema.ts';

/**
 * Reads and checks the policy of actions.
 *
 * @param path undefined: `policy/actions.yaml` of this package
 * @returns the policy, or everything that is wrong with it
 */
export function loadActionPolicy(
  path: string | undefined,
): { policy: ActionPolicy } | { problems: string[] } {
  const file = path ?? defaultPath();
  if (file === null)
    return {
      problems: [
        'policy/actions.yaml was not found beside the program: deploy it with the package, or set HOLDFAST_ACTION_POLICY',
      ],
    };
  let text: string;
  try {
    text = readFileSync(file, 'utf8');
  } catch (error) {
    return { problems: [`HOLDFAST_ACTION_POLICY names ${file}, which cannot be read: ${messageOf(error)}`] };
  }
  const read = readActionPolicy(text);
  return 'policy' in read ? read : { problems: read.problems.map((problem) => `${file}: ${problem}`) };
}

/** The policy in a text of YAML, or everything that is wrong with it: where it is, and what it has to be. */
export function readActionPolicy(text: string): { policy: ActionPolicy } | { problems: string[] } {
  const document = parseDocument(text, { uniqueKeys: true });
  if (document.errors.length > 0)
    return { problems: document.errors.map(({ message }) => message.split('\n')[0] ?? message) };
  const parsed = actionPolicySchema.safeParse(document.toJS());
  if (parsed.success) return { policy: parsed.data };
  return {
    problems: parsed.error.issues.map(({ path, message }) =>
      path.length === 0 ? `the file ${message}` : `${pathOf(path)} ${message}`,
    ),
  };
}

/** As one would write it: `causes.TRAFFIC[0].limits.per_hour`. */
function pathOf(path: readonly PropertyKey[]): string {
  return path
    .map((part, index) =>
      typeof part === 'number' ? `[${part}]` : `${index === 0 ? '' : '.'}${String(part)}`,
    )
    .join('');
}

/** Beside package.json: as far up from here as that is, from the sources or from dist. */
function defaultPath(): string | null {
  for (let here = dirname(fileURLToPath(import.meta.url)); here !== dirname(here); here = dirname(here)) {
    const path = join(here, 'policy', 'actions.yaml');
    if (existsSync(path)) return path;
  }
  return null;
}
