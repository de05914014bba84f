import { writeFileSync } from 'node:fs';
import { countTests } from './count-tests.mjs';

/** A vitest reporter that prints nothing and writes the counts as JSON to the file named by TEST_COUNTS_FILE. */
export default class CountReporter {
  onTestRunEnd(modules) {
    const file = process.env.TEST_COUNTS_FILE;
    if (file !== undefined) writeFileSync(file, JSON.stringify(countTests(modules)));
  }
}
