import { spawnSync } from 'node:child_process';
import { accessSync, constants, statSync } from 'node:fs';
import { delimiter, join } from 'node:path';
import { InstallProblem } from './problem.mjs';

const alternative =
  'Or use a Kafka cluster of your own: set KAFKA_BROKERS (DATABASE_URL likewise names a database of your own).';

/** The path of an executable found on PATH, or undefined. */
export function findExecutable(name, env = process.env) {
  for (const folder of (env.PATH ?? '').split(delimiter)) {
    if (folder === '') continue;
    const path = join(folder, name);
    try {
      accessSync(path, constants.X_OK);
      if (statSync(path).isFile()) return path;
    } catch {
      // not here: try the next folder
    }
  }
  return undefined;
}

/** The java to use: JAVA_HOME's when that is set and has one, else PATH's; undefined when there is none. */
export function findJava(env = process.env) {
  const home = env.JAVA_HOME;
  return (home && findExecutable('java', { PATH: join(home, 'bin') })) || findExecutable('java', env);
}

/** The major version in the output of `java -version` (8 for "1.8.0_392"), or undefined. */
export function javaMajor(output) {
  const match = /version "(?:1\.)?(\d+)/.exec(output);
  return match?.[1] === undefined ? undefined : Number(match[1]);
}

/** The path of a Java 17 or newer. Throws an InstallProblem that says how to get one. */
export function requireJava(env = process.env) {
  const java = findJava(env);
  // macOS has a /usr/bin/java that only says where to download Java: no version in its output means no Java.
  const output =
    java === undefined ? '' : String(spawnSync(java, ['-version'], { encoding: 'utf8', env }).stderr);
  const major = javaMajor(output);
  if (java !== undefined && major !== undefined && major >= 17) return java;
  const found = major === undefined ? 'none was found' : `${java} is Java ${major}`;
  throw new InstallProblem(
    [
      `The embedded Kafka needs Java 17 or newer; ${found}.`,
      '  Debian, Ubuntu:  sudo apt-get install openjdk-17-jre-headless maven',
      '  macOS:           brew install openjdk@17 maven   (then follow its note about PATH)',
      alternative,
    ].join('\n'),
  );
}

/** The path of Maven. Throws an InstallProblem that says how to get it. */
export function requireMaven(env = process.env) {
  const maven = findExecutable('mvn', env);
  if (maven !== undefined) return maven;
  throw new InstallProblem(
    [
      'Maven is needed once, to fetch Apache Kafka from Maven Central; no mvn was found on PATH.',
      '  Debian, Ubuntu:  sudo apt-get install maven',
      '  macOS:           brew install maven',
      alternative,
    ].join('\n'),
  );
}
