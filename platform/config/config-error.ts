/** Exit status of a program whose configuration is wrong: EX_CONFIG of BSD's sysexits. */
export const EXIT_CONFIG = 78;

/** Everything that is wrong with the configuration, at once. */
export class ConfigError extends Error {
  readonly problems: readonly string[];

  constructor(problems: readonly string[]) {
    super(
      `The configuration has ${problems.length === 1 ? 'a problem' : `${problems.length} problems`}:\n${problems.map((problem) => `  - ${problem}`).join('\n')}\nCorrect the environment and start again; docs/configuration.md lists every variable.`,
    );
    this.name = 'ConfigError';
    this.problems = problems;
  }
}
