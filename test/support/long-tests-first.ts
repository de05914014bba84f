import { BaseSequencer, type TestSpecification } from 'vitest/node';

/** Folder of the tests that kill processes and wait for what comes of it: most of their time the machine is idle. */
const LONG = /\/test\/integrity\//;

/** The long tests begin first, so that no worker is left alone with one at the end. */
export class LongTestsFirst extends BaseSequencer {
  override async sort(files: TestSpecification[]): Promise<TestSpecification[]> {
    const sorted = await super.sort(files);
    return sorted.toSorted((a, b) => rankOf(a) - rankOf(b));
  }
}

function rankOf({ moduleId }: TestSpecification): number {
  return LONG.test(moduleId) ? 0 : 1;
}
