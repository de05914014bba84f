// biome-ignore-all lint/suspicious/noTemplateCurlyInString: ${...} is Compose's own syntax here.
import { type SpawnSyncReturns, spawnSync } from 'node:child_process';
import { existsSync, mkdirSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { CHECKS, type Files, interpolate, parseCompose, references } from './compose-checks.ts';

const root = path.resolve(import.meta.dirname, '../..');
const read = (file: string): string => readFileSync(path.join(root, file), 'utf8');

function load(): Files {
  const composeText = read('docker-compose.yml');
  return {
    root,
    version: (JSON.parse(read('package.json')) as { version: string }).version,
    composeText,
    compose: parseCompose(composeText),
    dockerfile: read('Dockerfile'),
    dockerignore: read('.dockerignore'),
    envExample: read('.env.example'),
    guide: read('docs/docker.md'),
    datasourcesText: read('grafana/provisioning/datasources/holdfast.yml'),
    prometheusText: read('prometheus/prometheus.yml'),
  };
}

/** Replaces text that has to be there: a mutation that changes nothing would prove nothing. */
function replaced(text: string, from: string, to: string): string {
  expect(text).toContain(from);
  return text.replace(from, to);
}

function inCompose(from: string, to: string): (files: Files) => void {
  return (files) => {
    files.composeText = replaced(files.composeText, from, to);
    files.compose = parseCompose(files.composeText);
  };
}

/** For each check, files broken in one way, and the complaint that has to follow. */
const MUTATIONS: Record<keyof typeof CHECKS, [mutate: (files: Files) => void, complaint: RegExp][]> = {
  'every dependency exists and is waited for': [
    [inCompose('kafka: { condition: service_healthy }', 'kafak: { condition: service_healthy }'), /kafak/],
    [
      inCompose('{ condition: service_completed_successfully }', '{ condition: service_started }'),
      /does not wait/,
    ],
    [(files) => void delete files.compose.services.kafka?.healthcheck, /kafka to be healthy/],
    [
      inCompose('prometheus: { condition: service_healthy }', 'alertbot: { condition: service_healthy }'),
      /grafana depends on alertbot, which does not run wherever/,
    ],
  ],
  'every service has a health check, or is a one-shot': [
    [(files) => void delete files.compose.services.grafana?.healthcheck, /grafana/],
    [inCompose('restart: "no"', 'restart: always'), /migrate/],
  ],
  'no secret has a default or is written down': [
    [inCompose('${POSTGRES_PASSWORD:?', '${POSTGRES_PASSWORD:-'), /POSTGRES_PASSWORD is not required/],
    [inCompose('SLACK_BOT_TOKEN:', 'SLACK_BOT_TOKEN: xoxb-1'), /SLACK_BOT_TOKEN is written/],
    [inCompose('postgres://postgres@', 'postgres://postgres:secret@'), /password in its URL/],
    [
      (files) => {
        files.envExample = replaced(
          files.envExample,
          'GRAFANA_ADMIN_PASSWORD=',
          'GRAFANA_ADMIN_PASSWORD=admin',
        );
      },
      /\.env\.example gives GRAFANA_ADMIN_PASSWORD/,
    ],
  ],
  'every port is on 127.0.0.1 and can be changed': [
    [inCompose('["127.0.0.1:${GRAFANA_PORT:-3000}', '["${GRAFANA_PORT:-3000}'), /grafana publishes/],
    [inCompose('["127.0.0.1:${HOLDFAST_KAFKA_PORT', '["0.0.0.0:${HOLDFAST_KAFKA_PORT'), /kafka publishes/],
    [inCompose('${PROCESSOR_PORT:-9464}:9464', '9464:9464'), /cannot be changed/],
  ],
  'every mounted file exists and is read-only': [
    [
      inCompose('./prometheus/alertmanager.yml:', './prometheus/alertmanger.yml:'),
      /alertmanger\.yml, which does not/,
    ],
    [inCompose('/etc/prometheus:ro', '/etc/prometheus'), /can write/],
    [inCompose('/holdfast/init:ro', '/docker-entrypoint-initdb.d:ro'), /hides the scripts/],
    [inCompose('kafka-data:/var', 'kafak-data:/var'), /kafak-data/],
  ],
  'every image is pinned': [
    [inCompose('apache/kafka:4.1.0', 'apache/kafka:latest'), /kafka: apache\/kafka:latest/],
    [inCompose('apache/kafka:4.1.0', 'apache/kafka'), /not pinned/],
    [inCompose('holdfast:0.1.0', 'holdfast:0.0.9'), /package's version/],
    [
      (files) => {
        files.dockerfile = files.dockerfile.replace(/(ARG NODE_IMAGE=node):.*/, '$1:20');
      },
      /Dockerfile: ARG NODE_IMAGE=node:20/,
    ],
  ],
  'no container of ours is root or writes to its root': [
    [inCompose('user: "1000:1000"', 'user: "0:0"'), /processor runs as root/],
    [inCompose('  read_only: true\n  tmpfs', '  tmpfs'), /processor can write/],
    [(files) => void files.compose.services.alertbot?.cap_drop?.pop(), /alertbot/],
    [
      (files) => {
        files.dockerfile = replaced(files.dockerfile, 'USER node\n', '');
      },
      /the image runs as root/,
    ],
  ],
  'every service has limits, a restart policy and a network': [
    [(files) => void delete files.compose.services.prometheus?.deploy, /prometheus has no memory limit/],
    [(files) => void delete files.compose.services.kafka?.restart, /kafka has no restart/],
    [(files) => void delete files.compose.services.kafka?.networks, /declared network/],
  ],
  'the database has the settings the write path needs': [
    [inCompose('max_locks_per_transaction=1024', 'max_locks_per_transaction=128'), /below 1024/],
    [inCompose('TIMESCALEDB_TELEMETRY: "off"', 'TIMESCALEDB_TELEMETRY: basic'), /telemetry/],
    [inCompose('./timescale/roles:', './timescale:'), /timescale\/roles/],
  ],
  'every program that is started has a source': [
    [inCompose('dist/processor/main.js', 'dist/processor/index.js'), /processor\/index\.ts/],
    [inCompose('dist/platform/migrate/main.js', 'platform/migrate/main.ts'), /compiled program/],
  ],
  'every variable is in .env.example and in the guide': [
    [inCompose('${PROMETHEUS_RETENTION:-35d}', '${PROM_KEEP:-35d}'), /PROM_KEEP is missing/],
    [
      (files) => {
        files.guide = files.guide.replaceAll('`GRAFANA_PORT`', '');
      },
      /GRAFANA_PORT is not explained/,
    ],
  ],
  'the build context has what the Dockerfile copies': [
    [
      (files) => {
        files.dockerignore = replaced(files.dockerignore, '!timescale/init\n', '');
      },
      /leaves out timescale\/init/,
    ],
    [
      (files) => {
        files.dockerfile = replaced(
          files.dockerfile,
          'COPY package.json LICENSE',
          'COPY package.json LICENCE',
        );
      },
      /copies LICENCE/,
    ],
  ],
  'the data sources have their uids and no secrets': [
    [
      (files) => {
        files.datasourcesText = replaced(files.datasourcesText, '$__env{GRAFANA_READER_PASSWORD}', 'secret');
      },
      /password is written/,
    ],
    [
      (files) => {
        files.datasourcesText = replaced(
          files.datasourcesText,
          'uid: holdfast-prometheus',
          'uid: prometheus',
        );
      },
      /no data source holdfast-prometheus/,
    ],
    [inCompose('      PROMETHEUS_URL: http://prometheus:9090\n', ''), /read PROMETHEUS_URL/],
  ],
  'Prometheus scrapes what is there': [
    [
      (files) => {
        files.prometheusText = replaced(files.prometheusText, 'port: 3400', 'port: 3401');
      },
      /alertbot:3401/,
    ],
    [
      (files) => {
        files.prometheusText = replaced(files.prometheusText, 'job_name: alertbot', 'job_name: bot');
      },
      /no scrape job alertbot/,
    ],
    [inCompose('expose: ["5556"]', 'expose: ["5557"]'), /where kafka-metrics-1 does not listen/],
  ],
  'one broker or three, and whoever talks to them knows them': [
    [inCompose('${COMPOSE_PROFILES:?', '${COMPOSE_PROFILES:-'), /COMPOSE_PROFILES is not required/],
    [
      (files) => {
        files.envExample = replaced(files.envExample, 'COMPOSE_PROFILES=single', 'COMPOSE_PROFILES=');
      },
      /chooses nothing/,
    ],
    [inCompose('KAFKA_BROKERS: kafka:9092', 'KAFKA_BROKERS: kafka-1:9092'), /single does not have/],
    [
      inCompose('KAFKA_BROKERS: kafka-1:9092,kafka-2:9092,', 'KAFKA_BROKERS: kafka-1:9092,'),
      /processor-1 does not know all brokers/,
    ],
    [inCompose('http://schema-registry:8080', 'http://registry:8080'), /told of registry/],
    [inCompose('KAFKA_NODE_ID: 3', 'KAFKA_NODE_ID: 2'), /kafka-3 is not node 3/],
    [inCompose(',3@kafka-3:9093', ''), /does not elect the controller/],
    [inCompose('kafka-2-data:/var', 'kafka-1-data:/var'), /kafka-2 has no log of its own/],
    [
      inCompose('HOST://127.0.0.1:${KAFKA_2_PORT:-59102}', 'HOST://127.0.0.1:${KAFKA_3_PORT:-59112}'),
      /kafka-2 sends clients/,
    ],
    [inCompose('BROKER: kafka-3', 'BROKER: kafka-2'), /kafka-3 has no exporter/],
    [
      inCompose('KAFKA_OFFSETS_TOPIC_REPLICATION_FACTOR: 3', 'KAFKA_OFFSETS_TOPIC_REPLICATION_FACTOR: 1'),
      /does not keep 3 copies/,
    ],
    [
      inCompose('  processor-2:\n    <<: *cluster-processor', '  processor-2:\n    <<: *kafka-metrics'),
      /has 1 processors, not 2/,
    ],
  ],
};

describe('the container files', () => {
  for (const [name, check] of Object.entries(CHECKS)) {
    it(name, () => {
      expect(check(load())).toEqual([]);
    });

    it(`${name}: broken files are noticed`, () => {
      const mutations = MUTATIONS[name] ?? [];
      expect(mutations.length).toBeGreaterThan(0);
      for (const [mutate, complaint] of mutations) {
        const files = load();
        mutate(files);
        expect(check(files).join('\n')).toMatch(complaint);
      }
    });
  }
});

const onPath = (tool: string): boolean =>
  spawnSync(tool, ['version'], { stdio: 'ignore' }).error === undefined;

function run(
  tool: string,
  args: string[],
  environment: NodeJS.ProcessEnv = process.env,
): SpawnSyncReturns<string> {
  return spawnSync(tool, args, { cwd: root, encoding: 'utf8', env: environment });
}

let scratch = '';
beforeAll(() => {
  scratch = mkdtempSync(path.join(tmpdir(), 'holdfast-compose-'));
});
afterAll(() => rmSync(scratch, { recursive: true, force: true }));

function scratchFile(name: string, text: string): string {
  const file = path.join(scratch, name);
  writeFileSync(file, text);
  return file;
}

describe.skipIf(!onPath('go'))('the Compose specification (needs go)', () => {
  const version = 'v2.16.2';
  const folder = path.join(root, '.holdfast/tools', `compose-go-${version}`);
  const validator = path.join(folder, 'cmd');

  beforeAll(() => {
    if (existsSync(validator)) return;
    mkdirSync(folder, { recursive: true });
    const built = run('go', ['install', `github.com/compose-spec/compose-go/v2/cmd@${version}`], {
      ...process.env,
      GOBIN: folder,
    });
    if (built.status !== 0)
      throw new Error(`cannot install the validator of the Compose specification: ${built.stderr}`);
  }, 300_000);

  const required = (): string[] =>
    [...new Set(references(read('docker-compose.yml')).filter(({ operator }) => operator.endsWith('?')))].map(
      ({ name }) => name,
    );
  const filled = (): string =>
    interpolate(read('docker-compose.yml'), Object.fromEntries(required().map((name) => [name, 'x'])));
  // This program looks no variable up in its environment, so it gets the file with them filled in. It runs in the
  // scratch folder, where no .env of the developer lies.
  const validate = (text: string) =>
    spawnSync(validator, [scratchFile('docker-compose.yml', text)], {
      cwd: scratch,
      encoding: 'utf8',
      env: {},
    });

  it('accepts the file', () => {
    const { status, stderr } = validate(filled());
    expect(stderr).toBe('');
    expect(status).toBe(0);
  });

  it('refuses to start without the secrets, naming each', () => {
    const { status, stderr } = validate(read('docker-compose.yml'));
    expect(status).not.toBe(0);
    const named = [...stderr.matchAll(/required variable (\w+) is missing a value: set it in \.env/g)];
    expect(new Set(named.map((match) => match[1]))).toEqual(new Set(required()));
    expect(new Set(required())).toEqual(
      new Set([
        'POSTGRES_PASSWORD',
        'HOLDFAST_WRITER_PASSWORD',
        'HOLDFAST_BOT_PASSWORD',
        'GRAFANA_READER_PASSWORD',
        'GRAFANA_ADMIN_PASSWORD',
        'ALERTMANAGER_WEBHOOK_TOKEN',
        'COMPOSE_PROFILES',
      ]),
    );
  });

  it.each([
    ['an unknown key', 'cap_drop: [ALL]', 'cap_dropp: [ALL]'],
    ['a wrong type', 'start_period: 120s', 'start_period: [120]'],
    ['a port that is no port', ':55432:5432', ':55432:postgres'],
  ])('refuses %s', (_what, from, to) => {
    expect(validate(replaced(filled(), from, to)).status).not.toBe(0);
  });
});

describe.skipIf(!onPath('promtool'))('prometheus.yml (needs promtool)', () => {
  it('is accepted with its rules', () => {
    const { status, stdout, stderr } = run('promtool', ['check', 'config', 'prometheus/prometheus.yml']);
    expect(`${stdout}${stderr}`).toContain('SUCCESS');
    expect(status).toBe(0);
  });

  it('is refused when broken', () => {
    const broken = scratchFile(
      'prometheus.yml',
      replaced(read('prometheus/prometheus.yml'), 'job_name: alertbot', 'job: x'),
    );
    expect(run('promtool', ['check', 'config', broken]).status).not.toBe(0);
  });
});
