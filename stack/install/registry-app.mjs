import { existsSync, mkdirSync, mkdtempSync, readdirSync, renameSync, rmSync } from 'node:fs';
import { dirname, join, relative } from 'node:path';
import { requireJava, requireMaven } from './java.mjs';
import { projectRoot, registryDir, registryPom, registryVersion } from './paths.mjs';
import { InstallProblem } from './problem.mjs';
import { run } from './run.mjs';

// The full name keeps Maven from resolving "the newest plugin", which would make the result depend on the day.
const goal = 'org.apache.maven.plugins:maven-dependency-plugin:3.8.1:copy-dependencies';

/**
 * Makes sure that the schema registry is there, and returns its folder. Fetches it with Maven when it is not: into a folder
 * beside, renamed when complete, so that an interruption or a second installer leaves nothing half done. Throws an
 * InstallProblem when Java or Maven is missing or fails.
 */
export async function ensureRegistryApp({ env = process.env, say = console.log } = {}) {
  const target = registryDir();
  if (existsSync(target)) return target;
  requireJava(env);
  const maven = requireMaven(env);
  say(`Fetching Apicurio Registry ${registryVersion()} from Maven Central (140 MB, once) ...`);
  const startedAt = Date.now();
  mkdirSync(dirname(target), { recursive: true });
  const temporary = mkdtempSync(join(dirname(target), 'fetching-'));
  try {
    const archive = await fetchArchive(maven, temporary, env);
    const app = join(temporary, 'app');
    mkdirSync(app);
    await mustRun('tar', ['-xzf', archive, '-C', app], env, 'The archive could not be unpacked.');
    moveIntoPlace(app, target);
  } finally {
    rmSync(temporary, { recursive: true, force: true });
  }
  say(`  in ${relative(projectRoot, target)}, ${((Date.now() - startedAt) / 1000).toFixed(1)} s`);
  return target;
}

async function fetchArchive(maven, folder, env) {
  const args = ['-B', '-f', registryPom, goal, `-DoutputDirectory=${folder}`];
  const advice =
    'Maven needs access to repo.maven.apache.org or to a mirror named in ~/.m2/settings.xml. Then run the same command again.';
  await mustRun(maven, args, env, advice);
  const archive = readdirSync(folder).find((name) => name.endsWith('.tar.gz'));
  if (archive === undefined)
    throw new InstallProblem(`Maven fetched no archive of the schema registry.\n${advice}`);
  return join(folder, archive);
}

async function mustRun(command, args, env, advice) {
  const tail = [];
  const onLine = (line) => {
    tail.push(line);
    if (tail.length > 15) tail.shift();
  };
  const code = await run(command, args, { env, onLine });
  if (code === 0) return;
  throw new InstallProblem(
    [
      ...tail,
      '',
      `The schema registry could not be fetched (exit code ${code}); the last lines are above.`,
      advice,
    ].join('\n'),
  );
}

function moveIntoPlace(from, to) {
  try {
    renameSync(from, to);
  } catch (error) {
    // Somebody else was quicker: their folder has the same name, so the same program.
    if (!existsSync(to)) throw error;
  }
}
