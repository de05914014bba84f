type Locked = Record<
  string,
  { version?: string; optional?: boolean; os?: string[]; cpu?: string[]; libc?: string[] }
>;

export declare function isInstalled(root: string): boolean;
export declare function matches(
  locked: Locked,
  installed: Locked,
  process: { platform: string; arch: string },
): boolean;
export declare function ensureNodeModules(
  root: string,
  options?: { env?: Readonly<Record<string, string | undefined>>; say?: (line: string) => void },
): Promise<void>;
