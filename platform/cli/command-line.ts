import { type ParseArgsConfig, parseArgs } from 'node:util';

/** What a program says when it has failed, and when it was called the wrong way. */
export const EXIT_FAILED = 1;
export const EXIT_USAGE = 2;

/** The command line cannot be understood; the message says what to write instead. */
export class UsageError extends Error {
  override readonly name = 'UsageError';
}

/**
 * Has the arguments after the program's name read. What cannot be understood ends the process, saying why.
 *
 * @param script name of the npm script, to point to its help
 */
export function parsedOrExit<Command>(script: string, parse: (args: string[]) => Command): Command {
  try {
    return parse(process.argv.slice(2));
  } catch (error) {
    if (!(error instanceof UsageError)) throw error;
    process.stderr.write(usageText(script, error));
    process.exit(EXIT_USAGE);
  }
}

/**
 * The options of a command line, as `parseArgs` of Node describes them; nothing but options is taken.
 *
 * @throws {UsageError} for an option that is unknown, is missing its value, or has one too many
 */
export function readOptions<const Options extends NonNullable<ParseArgsConfig['options']>>(
  args: readonly string[],
  options: Options,
) {
  try {
    return parseArgs({ args: [...args], options, allowPositionals: false }).values;
  } catch (error) {
    throw new UsageError(error instanceof Error ? error.message : String(error));
  }
}

/** What is wrong, and where the options are listed. */
export function usageText(script: string, error: UsageError): string {
  return `${error.message}\n"npm run ${script} -- --help" lists the options.\n`;
}

/** @throws {UsageError} for the text of an option that is no whole number from `least` to `most` */
export function wholeOption(name: string, text: string, least: number, most: number): number {
  const value = Number(text);
  if (!/^\d+$/.test(text) || value < least || value > most)
    throw new UsageError(
      `--${name} must be a whole number from ${least} to ${most}, not ${JSON.stringify(text)}`,
    );
  return value;
}
