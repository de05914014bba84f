export declare function ensureRegistryApp(options?: {
  env?: Readonly<Record<string, string | undefined>>;
  say?: (line: string) => void;
}): Promise<string>;
