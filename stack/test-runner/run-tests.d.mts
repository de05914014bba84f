export declare function needsServices(args: readonly string[]): boolean;
export declare function runTests(args: readonly string[]): Promise<number>;
