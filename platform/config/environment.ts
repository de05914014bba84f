import { ConfigError, EXIT_CONFIG } from './config-error.ts';
import { type Config, type Environment, loadConfig } from './load.ts';

/** The environment of this process, to be passed on to what needs it. */
export function processEnvironment(): Environment {
  return process.env;
}

/** The configuration of this process, or the end of it: one readable message on stderr and exit status 78. */
export function configOrExit(env: Environment = processEnvironment()): Config {
  try {
    return loadConfig(env);
  } catch (error) {
    if (!(error instanceof ConfigError)) throw error;
    process.stderr.write(`${error.message}\n`);
    process.exit(EXIT_CONFIG);
  }
}
