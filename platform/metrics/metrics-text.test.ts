import { expect, it } from 'vitest';
import { metricsText } from './metrics-text.ts';

const own = (text: string) => ({ metrics: async () => text });
const libraries = (text: string) => ({ libraryMetrics: async () => text });

it.each([
  ['a 1\n', 'b 2\n', 'a 1\nb 2\n'],
  ['a 1', '# no registered metrics', 'a 1\n# no registered metrics\n'],
])('joins %j and %j into lines that all end', async (first, second, expected) => {
  expect(await metricsText(own(first), libraries(second))).toBe(expected);
});
