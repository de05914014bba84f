import { BaseSequencer, type TestSpecification } from 'vitest/node';

/** Tests that kill programs and wait for what comes of it: a minute or two, most of which the machine is idle. */
const LONG = [
  /\/test\/integrity\//,
  /\/test\/integration\/(avro|npm-start|scenario-churn|scenarios|npm-start-brokers|kafka-cluster|replay-offsets)\./,
  /\/test\/property\//,
];

/** The long tests begin first, so that no worker is left alone with one at the end. */
export class LongTestsFirst extends BaseSequencer {
  override async sort(files: TestSpecification[]): Promise<TestSpecification[]> {
    const sorted = await super.sort(files);
    return sorted.toSorted((a, b) => rankOf(a) - rankOf(b));
  }
}

function rankOf({ moduleId }: TestSpecification): number {
  return LONG.some((pattern) => pattern.test(moduleId)) ? 0 : 1;
}
