type Environment = Readonly<Record<string, string | undefined>>;

export declare function findExecutable(name: string, env?: Environment): string | undefined;
export declare function findJava(env?: Environment): string | undefined;
export declare function javaMajor(output: string): number | undefined;
export declare function requireJava(env?: Environment): string;
export declare function requireMaven(env?: Environment): string;
