import { parseArgs } from 'node:util';
import { findScenario, SCENARIOS, type Scenario } from '../scenarios/scenarios.ts';
import { StartProblem } from './problem.ts';

export type Options = {
  readonly help: boolean;
  /** Delete the embedded data before starting. */
  readonly reset: boolean;
  /** Whether the simulator runs; undefined: only into the embedded Kafka. */
  readonly simulate: boolean | undefined;
  /** What is to go wrong on a simulated delivery platform; undefined: the simulator of a shop. */
  readonly scenario: Scenario | undefined;
  /** Records per second that the simulator sends. */
  readonly rate: number;
  /** How many brokers the embedded Kafka has. */
  readonly brokers: 1 | 3;
  /** Whether orders are simulated in Avro, with a schema registry. */
  readonly avro: boolean;
  /** Plain lines even on a terminal. */
  readonly plain: boolean;
};

/** Where scenarios keep their data, below HOLDFAST_DATA_DIR. */
export const scenarioFolder = 'scenario';

/** Where the embedded stack keeps it with three brokers: a broker that was alone cannot become one of three. */
export const clusterFolder = 'cluster';

const usageError = 64; // EX_USAGE of sysexits.h

export const help = `npm start -- [options]

Starts Holdfast on this machine: TimescaleDB and Kafka (embedded, unless DATABASE_URL and KAFKA_BROKERS name your own),
the processor, the alertbot with a stand-in for Slack to look at in a browser (unless SLACK_BOT_TOKEN names your own
workspace's app), and a simulator that sends orders into the embedded Kafka. Ctrl-C stops everything.

  --rate N         records a second that the simulator sends (20)
  --no-simulator   send nothing
  --simulate       send simulated orders even into the cluster named by KAFKA_BROKERS
  --scenario NAME  a delivery platform instead, on which something goes wrong; see below
  --brokers 3      three brokers instead of one, any of which may be lost; on data of their own (${clusterFolder})
  --avro           simulated orders in Avro, with a schema registry: fetched once, 140 MB, unless
                   HOLDFAST_SCHEMA_REGISTRY_URL names your own
  --reset          delete the embedded database and Kafka data first, then start anew
  --plain          plain lines instead of the live screen (as when the output is not a terminal)
  --help           this text

Scenarios, each on data of its own that begins anew (${scenarioFolder}):
${SCENARIOS.map(({ name, says }) => `  ${name.padEnd(17)}${says}`).join('\n')}`;

/** Reads the arguments of `npm start`. Throws a StartProblem that names the wrong one. */
export function readOptions(args: readonly string[]): Options {
  const { values } = parse(args);
  if (values['no-simulator'] && values.simulate)
    throw usage('--simulate and --no-simulator exclude each other');
  const scenario = values.scenario === undefined ? undefined : scenarioOf(values.scenario);
  if (scenario !== undefined && (values['no-simulator'] || values.simulate))
    throw usage('--scenario has a simulator of its own: leave out --simulate and --no-simulator');
  if (scenario !== undefined && values.avro) throw usage('--scenario sends JSON: leave out --avro');
  const rate = Number(values.rate);
  if (!(rate > 0 && rate <= 10_000))
    throw usage(`--rate takes a number from above 0 to 10000, not ${values.rate}`);
  if (values.brokers !== '1' && values.brokers !== '3')
    throw usage(`--brokers takes 1 or 3, not ${values.brokers}: two are no safer than one`);
  return {
    help: values.help,
    reset: values.reset,
    simulate: values.simulate ? true : values['no-simulator'] ? false : undefined,
    rate,
    scenario,
    brokers: values.brokers === '3' ? 3 : 1,
    avro: values.avro,
    plain: values.plain,
  };
}

function parse(args: readonly string[]) {
  try {
    return parseArgs({
      args: [...args],
      options: {
        help: { type: 'boolean', short: 'h', default: false },
        reset: { type: 'boolean', default: false },
        simulate: { type: 'boolean', default: false },
        'no-simulator': { type: 'boolean', default: false },
        rate: { type: 'string', default: '20' },
        scenario: { type: 'string' },
        brokers: { type: 'string', default: '1' },
        avro: { type: 'boolean', default: false },
        plain: { type: 'boolean', default: false },
      },
    });
  } catch (error) {
    throw usage((error as Error).message);
  }
}

function scenarioOf(name: string): Scenario {
  const scenario = findScenario(name);
  if (scenario !== undefined) return scenario;
  throw usage(`--scenario takes one of ${SCENARIOS.map((one) => one.name).join(', ')}, not ${name}`);
}

function usage(message: string): StartProblem {
  return new StartProblem(`${message}\n\n${help}`, usageError);
}
