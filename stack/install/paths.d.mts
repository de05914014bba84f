export declare const projectRoot: string;
export declare const kafkaPom: string;
export declare function kafkaVersion(): string;
export declare function kafkaLibsDir(): string;
export declare const registryPom: string;
export declare function registryVersion(): string;
export declare function registryDir(): string;
