export type Check = {
  /** What `npm run check -- <name>` takes. */
  readonly name: string;
  readonly command: readonly [program: string, ...args: string[]];
  /** What to do when it fails. */
  readonly remedy: string;
  /** Runs only when named: what it says depends on the day, and not on the change. */
  readonly onlyNamed?: true;
};

const node = process.execPath;

/**
 * What `npm run check` runs, in order. A generated file that is committed gets one entry: its generator run in a mode
 * that compares instead of writing, and as remedy the command that writes it.
 */
export const checks: readonly Check[] = [
  {
    name: 'types',
    command: [node, 'node_modules/typescript/bin/tsc', '--noEmit', '-p', '.'],
    remedy: 'correct the types named above',
  },
  {
    name: 'types-page',
    command: [node, 'node_modules/typescript/bin/tsc', '--noEmit', '-p', 'stack/slack/page/client'],
    remedy: 'correct the types named above; this part runs in a browser and is checked for one',
  },
  {
    name: 'lint',
    command: [node, 'node_modules/@biomejs/biome/bin/biome', 'check', '--error-on-warnings'],
    remedy: '`npm run format` corrects most of it',
  },
  {
    name: 'dashboards',
    command: [node, '--import', 'tsx', 'grafana/src/main.ts', '--check'],
    remedy: '`npm run dashboards` writes them',
  },
  {
    name: 'openapi',
    command: [node, '--import', 'tsx', 'processor/api/openapi-main.ts', '--check'],
    remedy: '`npm run openapi` writes it',
  },
  {
    name: 'audit',
    command: [node, '--import', 'tsx', 'stack/check/audit.ts'],
    remedy: 'take the versions named above, or say in SECURITY.md why it does not concern us',
    onlyNamed: true,
  },
];
