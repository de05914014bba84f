export declare const projectRoot: string;
export declare const kafkaPom: string;
export declare function kafkaVersion(): string;
export declare function kafkaLibsDir(): string;
