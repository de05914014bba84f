import { existsSync } from 'node:fs';
import path from 'node:path';
import { parse } from 'yaml';

/**
 * What docker-compose.yml, the Dockerfile and the files they mount have to keep to. Each check takes the parsed
 * files and returns what is wrong, so that a test can hand it a broken copy too.
 */

export interface Service {
  image?: string;
  build?: { context: string };
  command?: string[];
  user?: string;
  read_only?: boolean;
  cap_drop?: string[];
  security_opt?: string[];
  environment?: Record<string, string | number | null>;
  volumes?: string[];
  ports?: string[];
  depends_on?: Record<string, { condition: string }>;
  healthcheck?: { test?: string | string[]; disable?: boolean };
  restart?: string;
  profiles?: string[];
  networks?: string[] | Record<string, { aliases?: string[] }>;
  expose?: string[];
  labels?: Record<string, string>;
  deploy?: { resources?: { limits?: { cpus?: string; memory?: string } } };
}

export interface Compose {
  services: Record<string, Service>;
  networks: Record<string, unknown>;
  volumes: Record<string, unknown>;
  secrets: Record<string, { environment?: string; file?: string }>;
}

export interface Files {
  root: string;
  version: string;
  composeText: string;
  compose: Compose;
  dockerfile: string;
  dockerignore: string;
  envExample: string;
  guide: string;
  datasourcesText: string;
  prometheusText: string;
}

interface Reference {
  name: string;
  operator: '' | ':-' | '-' | ':?' | '?';
  word: string;
}

const REFERENCE = /\$\{([A-Za-z_][A-Za-z0-9_]*)(?:(:-|-|:\?|\?)([^}]*))?\}/g;
const SECRET_NAME = /(PASSWORD|TOKEN|SECRET)$/;
const SECRET_KEY = /(PASSWORD|_TOKEN|_SECRET)$/;

export function parseCompose(text: string): Compose {
  return parse(text, { merge: true }) as Compose;
}

export function references(text: string): Reference[] {
  return [...text.matchAll(REFERENCE)].map((match) => ({
    name: match[1] as string,
    operator: (match[2] ?? '') as Reference['operator'],
    word: match[3] ?? '',
  }));
}

/** The file as Compose reads it with these variables. Throws where a required one is missing. */
export function interpolate(text: string, variables: Record<string, string>): string {
  return text.replace(
    REFERENCE,
    (_whole, name: string, operator: string | undefined, word: string | undefined) => {
      const value = variables[name];
      const absent = operator?.startsWith(':') ? value === undefined || value === '' : value === undefined;
      if (!absent) return value ?? '';
      if (operator?.endsWith('?')) throw new Error(`${name}: ${word}`);
      return operator?.endsWith('-') ? (word ?? '') : '';
    },
  );
}

/** Docker's own, on every machine that runs containers. */
const DOCKER_SOCKET = '/var/run/docker.sock';

const isOwn = (service: Service): boolean => service.build !== undefined;
const networksOf = ({ networks = [] }: Service): string[] =>
  Array.isArray(networks) ? networks : Object.keys(networks);
const aliasesOf = ({ networks = [] }: Service): string[] =>
  Array.isArray(networks) ? [] : Object.values(networks).flatMap(({ aliases = [] }) => aliases);
/** Whether the one runs wherever the other does. */
const runsWith = (one: Service, other: Service): boolean =>
  one.profiles === undefined ||
  (other.profiles?.every((profile) => one.profiles?.includes(profile)) ?? false);
const isOneShot = (service: Service): boolean => service.restart === 'no';
const dockerfileLines = (files: Files, instruction: string): string[] =>
  files.dockerfile.split('\n').filter((line) => line.startsWith(`${instruction} `));

function services(files: Files): [string, Service][] {
  return Object.entries(files.compose.services);
}

function bindMounts(service: Service): { source: string; target: string; mode: string }[] {
  return (service.volumes ?? [])
    .map((volume) => volume.split(':'))
    .filter(([source]) => source?.startsWith('.') || source?.startsWith('/'))
    .map(([source = '', target = '', mode = '']) => ({ source, target, mode }));
}

function dependencies(files: Files): string[] {
  const problems: string[] = [];
  for (const [name, service] of services(files)) {
    for (const [other, { condition }] of Object.entries(service.depends_on ?? {})) {
      const target = files.compose.services[other];
      if (!target) {
        problems.push(`${name} depends on ${other}, which does not exist`);
        continue;
      }
      if (condition === 'service_healthy' && !target.healthcheck?.test)
        problems.push(`${name} waits for ${other} to be healthy, which has no health check`);
      else if (condition === 'service_completed_successfully' && !isOneShot(target))
        problems.push(`${name} waits for ${other} to complete, which is restarted for ever`);
      else if (!['service_healthy', 'service_completed_successfully'].includes(condition))
        problems.push(`${name} does not wait for ${other}: condition ${condition}`);
      if (!runsWith(target, service))
        problems.push(`${name} depends on ${other}, which does not run wherever it does`);
    }
  }
  return problems;
}

function health(files: Files): string[] {
  return services(files)
    .filter(([, service]) =>
      isOneShot(service) ? !service.healthcheck?.disable : !service.healthcheck?.test,
    )
    .map(([name]) => `${name} has no health check`);
}

function secrets(files: Files): string[] {
  const problems = references(files.composeText)
    .filter(({ name, operator }) => SECRET_NAME.test(name) && !operator.endsWith('?'))
    .map(({ name }) => `${name} is not required: write \${${name}:?...}, without a default`);
  for (const [name, service] of services(files)) {
    for (const [key, value] of Object.entries(service.environment ?? {})) {
      const text = value === null ? '' : String(value);
      if (SECRET_KEY.test(key) && text !== '' && !/^\$\{\w+:\?[^}]+\}$/.test(text))
        problems.push(`${name}: ${key} is written into the file`);
      if (/:\/\/[^/@\s]*:[^/@\s]*@/.test(text)) problems.push(`${name}: ${key} has a password in its URL`);
    }
  }
  for (const line of files.envExample.split('\n')) {
    const [, key, value] = /^#?([A-Z_]+)=(.*)$/.exec(line) ?? [];
    if (key && SECRET_KEY.test(key) && value) problems.push(`.env.example gives ${key} a value`);
  }
  return problems;
}

function ports(files: Files): string[] {
  const problems: string[] = [];
  for (const [name, service] of services(files)) {
    for (const port of service.ports ?? []) {
      if (!String(port).startsWith('127.0.0.1:')) problems.push(`${name} publishes ${port} beyond 127.0.0.1`);
      if (!/\$\{[A-Z0-9_]+_PORT:-\d+\}:\d+$/.test(String(port)))
        problems.push(`${name}: the port of ${port} cannot be changed by a variable`);
    }
  }
  return problems;
}

function mounts(files: Files): string[] {
  const problems: string[] = [];
  for (const [name, service] of services(files)) {
    for (const { source, target, mode } of bindMounts(service)) {
      if (source !== DOCKER_SOCKET && !existsSync(path.join(files.root, source)))
        problems.push(`${name} mounts ${source}, which does not exist`);
      if (mode !== 'ro') problems.push(`${name} can write to ${source}`);
      if (target.replace(/\/$/, '') === '/docker-entrypoint-initdb.d')
        problems.push(`${name}: mounting a folder there hides the scripts of the image`);
    }
    for (const volume of service.volumes ?? []) {
      const source = volume.split(':')[0] ?? '';
      if (!/^[./]/.test(source) && !(source in files.compose.volumes))
        problems.push(`${name} uses the volume ${source}, which is not declared`);
    }
  }
  return problems;
}

function images(files: Files): string[] {
  const problems: string[] = [];
  const pinned = /:v?\d+\.\d+\.\d+(\.Final)?(-[a-z0-9.-]+)?$/;
  for (const [name, { image = '' }] of services(files))
    if (!pinned.test(image)) problems.push(`${name}: ${image || 'no image'} is not pinned to one version`);
  for (const line of dockerfileLines(files, 'ARG').filter((arg) => /IMAGE=/.test(arg)))
    if (!pinned.test(line.split('=')[1] ?? ''))
      problems.push(`Dockerfile: ${line} is not pinned to one version`);
  for (const line of dockerfileLines(files, 'FROM'))
    if (!/^FROM \$\{NODE_IMAGE\} AS \w+$/.test(line))
      problems.push(`Dockerfile: ${line} is not the pinned image`);
  for (const [name, service] of services(files))
    if (isOwn(service) && service.image !== `holdfast:${files.version}`)
      problems.push(`${name}: ${service.image} is not the package's version ${files.version}`);
  if (!dockerfileLines(files, 'ARG').includes(`ARG VERSION=${files.version}`))
    problems.push(`Dockerfile: ARG VERSION is not the package's version ${files.version}`);
  return problems;
}

function privileges(files: Files): string[] {
  const problems: string[] = [];
  const user = dockerfileLines(files, 'USER').at(-1)?.slice('USER '.length) ?? 'root';
  if (/^(root|0)(:|$)/.test(user)) problems.push('Dockerfile: the image runs as root');
  for (const [name, service] of services(files)) {
    if (!service.security_opt?.includes('no-new-privileges:true'))
      problems.push(`${name} can gain privileges`);
    if (!service.cap_drop?.includes('ALL')) problems.push(`${name} keeps capabilities`);
    if (!isOwn(service)) continue;
    if (!service.user || /^(root|0)(:|$)/.test(service.user)) problems.push(`${name} runs as root`);
    if (service.read_only !== true) problems.push(`${name} can write to its root`);
  }
  return problems;
}

function operations(files: Files): string[] {
  const problems: string[] = [];
  for (const [name, service] of services(files)) {
    if (!service.restart) problems.push(`${name} has no restart policy`);
    if (!service.deploy?.resources?.limits?.memory) problems.push(`${name} has no memory limit`);
    if (!service.deploy?.resources?.limits?.cpus) problems.push(`${name} has no processor limit`);
    const networks = networksOf(service);
    if (networks.length === 0 || networks.some((network) => !(network in files.compose.networks)))
      problems.push(`${name} is not on a declared network`);
  }
  return problems;
}

function databaseSettings(files: Files): string[] {
  const { command = [], environment = {}, volumes = [] } = files.compose.services.timescaledb ?? {};
  const settings = new Map(
    command.filter((word) => word.includes('=')).map((word) => word.split('=') as [string, string]),
  );
  const problems: string[] = [];
  if (Number(settings.get('max_locks_per_transaction') ?? 64) < 1024)
    problems.push(
      'max_locks_per_transaction is below 1024: a batch over many chunks runs out of shared memory',
    );
  if (settings.get('timescaledb.telemetry_level') !== 'off' || environment.TIMESCALEDB_TELEMETRY !== 'off')
    problems.push('the telemetry of the database is on');
  for (const folder of ['./timescale/init', './timescale/roles'])
    if (!volumes.some((volume) => volume.startsWith(`${folder}:/holdfast/`)))
      problems.push(`the database does not get ${folder}`);
  return problems;
}

function programs(files: Files): string[] {
  const problems: string[] = [];
  for (const [name, service] of services(files).filter(([, candidate]) => isOwn(candidate))) {
    const script = service.command?.[1] ?? '';
    const source = script.replace(/^dist\//, '').replace(/\.js$/, '.ts');
    if (!script.startsWith('dist/')) problems.push(`${name} does not run the compiled program: ${script}`);
    else if (!existsSync(path.join(files.root, source)))
      problems.push(`${name} runs ${script}, but there is no ${source}`);
  }
  return problems;
}

function variables(files: Files): string[] {
  const used = new Set(references(files.composeText).map(({ name }) => name));
  for (const { environment } of Object.values(files.compose.secrets)) if (environment) used.add(environment);
  for (const [, service] of services(files))
    for (const [key, value] of Object.entries(service.environment ?? {})) if (value === null) used.add(key);
  const listed = new Set(
    [...files.envExample.matchAll(/^#?([A-Z][A-Z0-9_]*)=/gm)].map((match) => match[1] as string),
  );

  const problems: string[] = [];
  for (const name of used) {
    if (!listed.has(name)) problems.push(`${name} is missing in .env.example`);
    if (!files.guide.includes(`\`${name}\``)) problems.push(`${name} is not explained in docs/docker.md`);
  }
  for (const name of listed)
    if (!used.has(name)) problems.push(`.env.example lists ${name}, which nothing reads`);
  return problems;
}

function buildContext(files: Files): string[] {
  const allowed = files.dockerignore
    .split('\n')
    .filter((line) => line.startsWith('!'))
    .map((line) => line.slice(1));
  const problems = files.dockerignore.split('\n').includes('*')
    ? []
    : ['.dockerignore does not leave all out first'];
  for (const line of dockerfileLines(files, 'COPY')) {
    const words = line.split(/\s+/).slice(1);
    if (words[0]?.startsWith('--from=')) continue;
    for (const source of words.slice(0, -1).filter((word) => word !== '.')) {
      if (!existsSync(path.join(files.root, source)))
        problems.push(`Dockerfile copies ${source}, which is not there`);
      if (!allowed.some((entry) => source === entry || source.startsWith(`${entry}/`)))
        problems.push(`.dockerignore leaves out ${source}, which the Dockerfile copies`);
    }
  }
  return problems;
}

function datasources(files: Files): string[] {
  const parsed = parse(files.datasourcesText) as {
    datasources: {
      uid: string;
      editable?: boolean;
      user?: string;
      secureJsonData?: Record<string, string>;
    }[];
  };
  const problems: string[] = [];
  for (const uid of ['holdfast-timescaledb', 'holdfast-prometheus', 'holdfast-alertmanager'])
    if (!parsed.datasources.some((source) => source.uid === uid)) problems.push(`no data source ${uid}`);
  for (const source of parsed.datasources) {
    if (source.editable !== false) problems.push(`${source.uid} can be edited away from its file`);
    if (source.user !== undefined && source.user !== 'grafana_reader')
      problems.push(`${source.uid} logs in as ${source.user}, which may do more than SELECT`);
    for (const [key, value] of Object.entries(source.secureJsonData ?? {}))
      if (!/^\$__env\{\w+\}$/.test(value)) problems.push(`${source.uid}: ${key} is written into the file`);
  }
  const environment = files.compose.services.grafana?.environment ?? {};
  for (const [, name = ''] of files.datasourcesText.matchAll(/\$__env\{(\w+)\}/g))
    if (!(name in environment)) problems.push(`the data sources read ${name}, which Grafana does not get`);
  return problems;
}

function scrapes(files: Files): string[] {
  const parsed = parse(files.prometheusText) as {
    alerting: { alertmanagers: { static_configs: { targets: string[] }[] }[] };
    scrape_configs: {
      job_name: string;
      static_configs?: { targets: string[] }[];
      dns_sd_configs?: { names: string[]; port: number }[];
    }[];
  };
  const targets = [
    ...parsed.alerting.alertmanagers.flatMap(({ static_configs }) =>
      static_configs.flatMap((one) => one.targets),
    ),
    ...parsed.scrape_configs.flatMap(({ static_configs = [], dns_sd_configs = [] }) => [
      ...static_configs.flatMap((one) => one.targets),
      ...dns_sd_configs.flatMap((one) => one.names.map((name) => `${name}:${one.port}`)),
    ]),
  ];
  const problems: string[] = [];
  const listens = (service: Service, port: string) =>
    service.ports?.some((published) => String(published).endsWith(`:${port}`)) ||
    service.expose?.includes(port);
  for (const target of targets) {
    const [host = '', port = ''] = target.split(':');
    const named = host === '127.0.0.1' ? 'prometheus' : host;
    const found = services(files).filter(
      ([name, service]) => name === named || aliasesOf(service).includes(named),
    );
    if (found.length === 0) problems.push(`Prometheus is sent to ${target}, where no service listens`);
    for (const [name, service] of found)
      if (!listens(service, port))
        problems.push(`Prometheus is sent to ${target}, where ${name} does not listen`);
  }
  for (const job of ['processor', 'alertbot', 'prometheus'])
    if (!parsed.scrape_configs.some(({ job_name }) => job_name === job))
      problems.push(`no scrape job ${job}`);
  return problems;
}

/** Profiles one of which has to be chosen, and the services each of them is there for. */
const KINDS: Record<string, { brokers: string[]; processors: number }> = {
  single: { brokers: ['kafka'], processors: 1 },
  cluster: { brokers: ['kafka-1', 'kafka-2', 'kafka-3'], processors: 2 },
};

/** Hosts that a service is told to talk to. */
function hostsOf({ environment = {} }: Service): string[] {
  const { KAFKA_BROKERS, KAFKA_BOOTSTRAP_SERVERS, DATABASE_URL, HOLDFAST_SCHEMA_REGISTRY_URL } = environment;
  const brokers = [KAFKA_BROKERS, KAFKA_BOOTSTRAP_SERVERS].flatMap((list) => String(list ?? '').split(','));
  const urls = [DATABASE_URL, HOLDFAST_SCHEMA_REGISTRY_URL].map((url) =>
    url ? new URL(String(url)).hostname : '',
  );
  return [...brokers.map((broker) => broker.split(':')[0] ?? ''), ...urls].filter((host) => host !== '');
}

function profiles(files: Files): string[] {
  const problems: string[] = [];
  const required = references(files.composeText).some(
    ({ name, operator }) => name === 'COMPOSE_PROFILES' && operator === ':?',
  );
  if (!required) problems.push('COMPOSE_PROFILES is not required: without it no broker would be started');
  const chosen = /^COMPOSE_PROFILES=(.*)$/m.exec(files.envExample)?.[1] ?? '';
  if (!(chosen in KINDS)) problems.push(`.env.example chooses ${chosen || 'nothing'} to run`);
  for (const [profile, kind] of Object.entries(KINDS)) {
    const running = services(files).filter(([, one]) => !one.profiles || one.profiles.includes(profile));
    const names = new Set(running.flatMap(([name, service]) => [name, ...aliasesOf(service)]));
    const processors = running.filter(([, { command }]) => command?.includes('dist/processor/main.js'));
    if (processors.length !== kind.processors)
      problems.push(`${profile} has ${processors.length} processors, not ${kind.processors}`);
    for (const [name, service] of running)
      for (const host of hostsOf(service))
        if (!names.has(host)) problems.push(`${name} is told of ${host}, which ${profile} does not have`);
    for (const [name, { environment }] of processors) {
      if (environment?.KAFKA_BROKERS !== kind.brokers.map((broker) => `${broker}:9092`).join(','))
        problems.push(`${name} does not know all brokers of ${profile}`);
      if (!names.has('processor')) problems.push(`Prometheus does not find ${name} under one name`);
    }
    problems.push(...quorum(files, kind.brokers));
  }
  return problems;
}

/** All brokers of a cluster, and nobody else, elect its controller; each has an id, a log and an exporter of its own. */
function quorum(files: Files, brokers: string[]): string[] {
  const problems: string[] = [];
  const voters = brokers.map((broker, index) => `${index + 1}@${broker}:9093`).join(',');
  const copies = String(brokers.length);
  for (const [index, broker] of brokers.entries()) {
    const { environment = {}, volumes = [], ports = [] } = files.compose.services[broker] ?? {};
    if (Number(environment.KAFKA_NODE_ID) !== index + 1) problems.push(`${broker} is not node ${index + 1}`);
    if (environment.KAFKA_CONTROLLER_QUORUM_VOTERS !== voters)
      problems.push(`${broker} does not elect the controller among ${voters}`);
    if (String(environment.KAFKA_OFFSETS_TOPIC_REPLICATION_FACTOR) !== copies)
      problems.push(`${broker} does not keep ${copies} copies of the positions of groups`);
    if (!volumes.some((volume) => volume.startsWith(`${broker}-data:`)))
      problems.push(`${broker} has no log of its own`);
    const published = /127\.0\.0\.1:(\$\{\w+:-\d+\}):59092$/.exec(String(ports[0]))?.[1];
    if (published === undefined || !String(environment.KAFKA_ADVERTISED_LISTENERS).endsWith(published))
      problems.push(`${broker} sends clients of this machine to another port than its own`);
    if (!services(files).some(([, one]) => one.environment?.BROKER === broker))
      problems.push(`${broker} has no exporter of its metrics`);
  }
  return problems;
}

export const CHECKS: Record<string, (files: Files) => string[]> = {
  'every dependency exists and is waited for': dependencies,
  'every service has a health check, or is a one-shot': health,
  'no secret has a default or is written down': secrets,
  'every port is on 127.0.0.1 and can be changed': ports,
  'every mounted file exists and is read-only': mounts,
  'every image is pinned': images,
  'no container of ours is root or writes to its root': privileges,
  'every service has limits, a restart policy and a network': operations,
  'the database has the settings the write path needs': databaseSettings,
  'every program that is started has a source': programs,
  'every variable is in .env.example and in the guide': variables,
  'the build context has what the Dockerfile copies': buildContext,
  'the data sources have their uids and no secrets': datasources,
  'Prometheus scrapes what is there': scrapes,
  'one broker or three, and whoever talks to them knows them': profiles,
};
