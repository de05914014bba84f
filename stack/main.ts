import { ConfigError, EXIT_CONFIG } from '../platform/config/config-error.ts';
import { loadConfig } from '../platform/config/load.ts';
import { InstallProblem } from './install/problem.mjs';
import { help, readOptions } from './start/options.ts';
import { runStack } from './start/run-stack.ts';

/**
 * `npm start`: starts the whole stack and keeps it running until a signal. Returns the exit code: 0 after an orderly
 * stop, 78 when something has to be changed first, 64 for wrong arguments, 1 for anything else.
 */
export async function main(args: readonly string[], env: NodeJS.ProcessEnv): Promise<number> {
  try {
    const options = readOptions(args);
    if (options.help) {
      console.log(help);
      return 0;
    }
    return await runStack(loadConfig(env), options, env);
  } catch (error) {
    const { text, exitCode } = describe(error);
    console.error(text);
    return exitCode;
  }
}

function describe(error: unknown): { text: unknown; exitCode: number } {
  if (error instanceof ConfigError) return { text: `\n${error.message}\n`, exitCode: EXIT_CONFIG };
  if (error instanceof InstallProblem) return { text: `\n${error.message}\n`, exitCode: error.exitCode };
  return { text: error, exitCode: 1 };
}
