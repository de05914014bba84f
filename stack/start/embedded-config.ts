import { join } from 'node:path';
import type { Config } from '../../platform/config/load.ts';
import { brokerAddresses, kafkaNodes } from './kafka-nodes.ts';
import { clusterFolder, type Options, scenarioFolder } from './options.ts';
import { StartProblem } from './problem.ts';

/**
 * The configuration with what the options make of it: another data folder, more brokers.
 *
 * @throws {StartProblem} when they ask for something of a database or a cluster that is somebody's own
 */
export function embeddedConfig(given: Config, { scenario, brokers }: Options): Config {
  const config = scenario === undefined ? given : scenarioConfig(given);
  return brokers === 1 ? config : clusterConfig(config, brokers, scenario !== undefined);
}

/** A scenario begins with nothing, and what is somebody's own is not emptied. */
function scenarioConfig(config: Config): Config {
  if (config.database.embedded && config.kafka.embedded)
    return { ...config, dataDir: join(config.dataDir, scenarioFolder) };
  throw new StartProblem(
    'A scenario begins with an empty database and empty topics: leave DATABASE_URL and KAFKA_BROKERS unset. Into your own, `npm run simulate:platform` sends the same.',
  );
}

function clusterConfig(config: Config, brokers: number, beginsAnew: boolean): Config {
  if (!config.kafka.embedded)
    throw new StartProblem(
      '--brokers says how many brokers are started here: leave it out, or leave KAFKA_BROKERS unset.',
    );
  return {
    ...config,
    dataDir: beginsAnew ? config.dataDir : join(config.dataDir, clusterFolder),
    kafka: { ...config.kafka, brokers: brokerAddresses(kafkaNodes(config, brokers)) },
  };
}
