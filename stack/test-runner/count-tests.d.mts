export type Counts = { passed: number; failed: number; skipped: number };

type CountedTest = { result(): { state: string } };
export type CountedModule = { children: { allTests(): Iterable<CountedTest> }; state(): string };

export declare function countTests(modules: Iterable<CountedModule>): Counts;
export declare function summaryLine(counts: Counts): string;
