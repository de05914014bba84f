import { existsSync, mkdirSync, mkdtempSync, readdirSync, renameSync, rmSync } from 'node:fs';
import { dirname, join, relative } from 'node:path';
import { requireMaven } from './java.mjs';
import { kafkaLibsDir, kafkaPom, kafkaVersion, projectRoot } from './paths.mjs';
import { InstallProblem } from './problem.mjs';
import { run } from './run.mjs';

// The full name keeps Maven from resolving "the newest plugin", which would make the result depend on the day.
const goal = 'org.apache.maven.plugins:maven-dependency-plugin:3.8.1:copy-dependencies';

/**
 * Makes sure that the broker's jars are there, and returns their folder. Fetches them with Maven when they are not:
 * into a folder beside, renamed when complete, so that an interruption or a second installer leaves nothing half done.
 * Throws an InstallProblem when Maven is missing or fails.
 */
export async function ensureKafkaJars({ env = process.env, say = console.log } = {}) {
  const target = kafkaLibsDir();
  if (existsSync(target)) return target;
  const maven = requireMaven(env);
  say(`Fetching Apache Kafka ${kafkaVersion()} from Maven Central (43 MB, once) ...`);
  const startedAt = Date.now();
  const parent = dirname(target);
  mkdirSync(parent, { recursive: true });
  const temporary = mkdtempSync(join(parent, 'fetching-'));
  try {
    await copyDependencies(maven, temporary, env);
    moveIntoPlace(temporary, target);
  } finally {
    rmSync(temporary, { recursive: true, force: true });
  }
  const seconds = ((Date.now() - startedAt) / 1000).toFixed(1);
  say(`  ${readdirSync(target).length} jars in ${relative(projectRoot, target)}, ${seconds} s`);
  return target;
}

async function copyDependencies(maven, folder, env) {
  const progress = progressLine();
  const tail = [];
  const args = ['-B', '-f', kafkaPom, goal, `-DoutputDirectory=${folder}`, '-DincludeScope=runtime'];
  const code = await run(maven, args, {
    env,
    onLine: (line) => {
      tail.push(line);
      if (tail.length > 15) tail.shift();
      const file = /^(?:\[INFO\] )?Downloaded from \S+ \S*\/([^/\s]+\.jar) /.exec(line)?.[1];
      if (file !== undefined) progress.show(file);
    },
  });
  progress.clear();
  if (code === 0 && readdirSync(folder).some((name) => name.startsWith('kafka_'))) return;
  throw new InstallProblem(
    [
      ...tail,
      '',
      `Maven could not fetch Apache Kafka (exit code ${code}); its last lines are above.`,
      'It needs access to repo.maven.apache.org or to a mirror named in ~/.m2/settings.xml. Then run the same command again.',
    ].join('\n'),
  );
}

function progressLine() {
  let count = 0;
  const write = (text) => process.stdout.isTTY && process.stdout.write(`\r\x1b[K${text}`);
  return {
    show: (file) => {
      count += 1;
      write(`  ${count} ${file}`);
    },
    clear: () => write(''),
  };
}

function moveIntoPlace(from, to) {
  try {
    renameSync(from, to);
  } catch (error) {
    // Somebody else was quicker: their folder has the same name, so the same jars.
    if (!existsSync(to)) throw error;
  }
}
