import { fileURLToPath } from 'node:url';
import { requireJava } from './install/java.mjs';
import { ensureKafkaJars } from './install/kafka-jars.mjs';
import { ensureNodeModules } from './install/node-modules.mjs';
import { requireNode } from './install/node-version.mjs';
import { projectRoot } from './install/paths.mjs';
import { InstallProblem } from './install/problem.mjs';
import { ensureRegistryApp } from './install/registry-app.mjs';
import { run } from './install/run.mjs';
import { needsServices, runTests } from './test-runner/run-tests.mjs';

/**
 * What `npm start`, `npm test` and `npm run check` run first. It needs nothing but Node, installs what is missing and
 * then hands over; when everything is there it costs a tenth of a second.
 */
const commands = {
  async start(args) {
    const asksForHelp = args.includes('--help') || args.includes('-h');
    await install({ kafka: !process.env.KAFKA_BROKERS && !asksForHelp });
    if (args.includes('--avro') && !process.env.HOLDFAST_SCHEMA_REGISTRY_URL && !asksForHelp)
      await ensureRegistryApp();
    // In this very process: a signal sent to what npm started reaches the supervisor without a middleman.
    const tsx = await import('tsx/esm/api');
    tsx.register();
    const { main } = await import('./main.ts');
    return main(args, process.env);
  },

  async test(args) {
    await install({ kafka: !process.env.TEST_KAFKA_BROKERS && needsServices(args) });
    return runTests(args);
  },

  async check(args) {
    await install({ kafka: false });
    const script = fileURLToPath(new URL('./check/main.ts', import.meta.url));
    return run(process.execPath, ['--import', 'tsx', script, ...args], { cwd: projectRoot });
  },
};

async function install({ kafka }) {
  requireNode(process.versions.node);
  if (kafka) requireJava();
  await ensureNodeModules(projectRoot);
  if (kafka) await ensureKafkaJars();
}

async function preflight([name, ...args]) {
  const command = commands[name];
  if (command === undefined)
    throw new InstallProblem(`usage: preflight.mjs ${Object.keys(commands).join(' | ')}`);
  return command(args);
}

try {
  process.exit(await preflight(process.argv.slice(2)));
} catch (error) {
  if (!(error instanceof InstallProblem)) throw error;
  console.error(`\n${error.message}\n`);
  process.exit(error.exitCode);
}
