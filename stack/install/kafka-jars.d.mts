export declare function ensureKafkaJars(options?: {
  env?: Readonly<Record<string, string | undefined>>;
  say?: (line: string) => void;
}): Promise<string>;
