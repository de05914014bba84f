import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { projectRoot } from '../../../stack/install/paths.mjs';

/** The queries of docs/exploration.md, with the heading they stand under. */
export function explorationQueries(
  language: 'sql' | 'promql',
): (readonly [heading: string, query: string])[] {
  const sections = readFileSync(join(projectRoot, 'docs/exploration.md'), 'utf8').split('\n## ').slice(1);
  return sections.flatMap((section) => {
    const heading = section.split('\n', 1)[0] ?? '';
    const fences = section.matchAll(new RegExp(`^\`\`\`${language}\\n([\\s\\S]*?)^\`\`\``, 'gm'));
    return [...fences].map(([, query = '']) => [heading, query.trim()] as const);
  });
}
