import { existsSync } from 'node:fs';
import path from 'node:path';
import { ConfigError } from '../../platform/config/config-error.ts';
import { loadConfig } from '../../platform/config/load.ts';
import { SECRET_VARIABLES } from '../../platform/config/secret-files.ts';
import { projectRoot } from '../../stack/install/paths.mjs';

/** What the manifests have to keep to beyond their schemas. Each check takes them and returns what is wrong. */

type Labels = Record<string, string>;
type Selector = { matchLabels?: Labels };
type Variable = {
  name: string;
  value?: string;
  valueFrom?: { secretKeyRef?: { optional?: boolean }; configMapKeyRef?: { name: string; key: string } };
};
interface Container {
  image: string;
  command: string[];
  env?: Variable[];
  envFrom?: { configMapRef: { name: string } }[];
  ports?: { name: string; containerPort: number }[];
  livenessProbe?: { httpGet: { path: string; port: string } };
  readinessProbe?: { httpGet: { path: string; port: string } };
  startupProbe?: unknown;
  resources?: { requests?: Labels; limits?: Labels };
  volumeMounts?: { name: string; mountPath: string }[];
  securityContext?: {
    allowPrivilegeEscalation?: boolean;
    readOnlyRootFilesystem?: boolean;
    capabilities?: { drop?: string[] };
  };
}
interface Pod {
  serviceAccountName?: string;
  automountServiceAccountToken?: boolean;
  enableServiceLinks?: boolean;
  securityContext?: { runAsNonRoot?: boolean; seccompProfile?: { type: string } };
  containers: Container[];
  volumes?: { name: string }[];
}
interface Policy {
  podSelector: Selector;
  policyTypes: string[];
  ingress?: unknown[];
  egress?: { ports?: { port: number | string }[] }[];
}
interface Trigger {
  type: string;
  metadata: Labels;
  authenticationRef?: { name: string };
}
export interface Manifest {
  apiVersion: string;
  kind: string;
  metadata: { name: string };
  data?: Labels;
  // biome-ignore lint/suspicious/noExplicitAny: of each kind another; the schemas have looked at it
  spec?: any;
}

const named = (kind: string, manifests: readonly Manifest[]) => manifests.filter((one) => one.kind === kind);

/** What runs: a name, its labels, its pod and the one container of it. */
function workloads(manifests: readonly Manifest[]) {
  return manifests
    .filter(({ kind }) => kind === 'Deployment' || kind === 'Job')
    .map(({ kind, metadata, spec }) => {
      const pod = spec.template.spec as Pod;
      const labels = spec.template.metadata.labels as Labels;
      return { name: metadata.name, kind, labels, pod, container: pod.containers[0] as Container };
    });
}

const selects = ({ matchLabels = {} }: Selector, labels: Labels): boolean =>
  Object.entries(matchLabels).every(([name, value]) => labels[name] === value);

function lockedDown(manifests: readonly Manifest[]): string[] {
  return workloads(manifests).flatMap(({ name, pod, container }) => {
    const { securityContext: own = {} } = container;
    return [
      pod.securityContext?.runAsNonRoot !== true && 'may run as root',
      pod.securityContext?.seccompProfile?.type !== 'RuntimeDefault' && 'may make any system call',
      pod.automountServiceAccountToken !== false && 'can talk to Kubernetes',
      pod.enableServiceLinks !== false && 'gets variables of services, such as PROCESSOR_PORT',
      own.allowPrivilegeEscalation !== false && 'can gain privileges',
      own.readOnlyRootFilesystem !== true && 'can write to its root',
      !own.capabilities?.drop?.includes('ALL') && 'keeps capabilities',
    ].flatMap((problem) => (problem === false ? [] : [`${name} ${problem}`]));
  });
}

function probesAndResources(manifests: readonly Manifest[]): string[] {
  return workloads(manifests).flatMap(({ name, kind, container }) => {
    const { livenessProbe, readinessProbe, startupProbe, ports = [], resources = {} } = container;
    const open = (port?: string) => ports.some((one) => one.name === port);
    const serves = kind === 'Deployment';
    return [
      serves && livenessProbe?.httpGet.path !== '/healthz' && 'has no liveness probe of /healthz',
      serves && readinessProbe?.httpGet.path !== '/readyz' && 'has no readiness probe of /readyz',
      serves && startupProbe === undefined && 'has no startup probe',
      serves && !open(livenessProbe?.httpGet.port) && 'is probed where it does not listen',
      !(resources.requests?.cpu && resources.requests.memory) && 'does not say what it needs',
      !resources.limits?.memory && 'has no memory limit',
    ].flatMap((problem) => (problem === false ? [] : [`${name} ${problem}`]));
  });
}

function secrets(manifests: readonly Manifest[]): string[] {
  const isSecret = (name: string) =>
    name !== 'DATABASE_URL' && (SECRET_VARIABLES as readonly string[]).includes(name);
  const problems = named('Secret', manifests).map(({ metadata }) => `${metadata.name} is written down`);
  for (const { metadata, data = {} } of named('ConfigMap', manifests))
    for (const [name, value] of Object.entries(data))
      if (isSecret(name) || /:\/\/[^/@\s]*:[^/@\s]*@/.test(value))
        problems.push(`${metadata.name} has the secret ${name}`);
  for (const { name, container } of workloads(manifests))
    for (const variable of container.env ?? [])
      if (
        (isSecret(variable.name) && variable.valueFrom?.secretKeyRef === undefined) ||
        /:\/\/[^/@\s]*:[^/@\s]*@/.test(variable.value ?? '')
      )
        problems.push(`${name}: ${variable.name} is written into the file`);
  return problems;
}

function programs(manifests: readonly Manifest[]): string[] {
  return workloads(manifests).flatMap(({ name, container }) => {
    const script = container.command[1] ?? '';
    const source = script.replace(/^dist\//, '').replace(/\.js$/, '.ts');
    const known = script.startsWith('dist/') && existsSync(path.join(projectRoot, source));
    return known ? [] : [`${name} runs ${script}, but there is no ${source}`];
  });
}

function references(manifests: readonly Manifest[]): string[] {
  const problems: string[] = [];
  const all = workloads(manifests);
  const has = (kind: string, name?: string) =>
    named(kind, manifests).some(({ metadata }) => metadata.name === name);
  for (const { name, pod, container } of all) {
    if (!has('ServiceAccount', pod.serviceAccountName)) problems.push(`${name} has no service account`);
    for (const { configMapRef } of container.envFrom ?? [])
      if (!has('ConfigMap', configMapRef.name))
        problems.push(`${name} reads ${configMapRef.name}, which there is not`);
    for (const { name: mounted } of container.volumeMounts ?? [])
      if (!pod.volumes?.some((volume) => volume.name === mounted))
        problems.push(`${name} mounts ${mounted}, which there is not`);
  }
  const selectors = [
    ...named('Service', manifests).map((one) => ({ of: one, selector: { matchLabels: one.spec.selector } })),
    ...['PodDisruptionBudget', 'PodMonitor'].flatMap((kind) =>
      named(kind, manifests).map((one) => ({ of: one, selector: one.spec.selector as Selector })),
    ),
    ...named('NetworkPolicy', manifests).map((one) => ({
      of: one,
      selector: one.spec.podSelector as Selector,
    })),
  ];
  for (const { of, selector } of selectors)
    if (!all.some(({ labels }) => selects(selector, labels)))
      problems.push(`${of.kind} ${of.metadata.name} is for no pod`);
  for (const { spec, metadata } of named('ScaledObject', manifests)) {
    if (!has('Deployment', spec.scaleTargetRef.name)) problems.push(`${metadata.name} scales nothing`);
    for (const { authenticationRef } of spec.triggers as Trigger[])
      if (!has('TriggerAuthentication', authenticationRef?.name))
        problems.push(`${metadata.name} does not know how to log in`);
  }
  return problems;
}

function network(manifests: readonly Manifest[]): string[] {
  const policies = named('NetworkPolicy', manifests).map(({ spec }) => spec as Policy);
  const denied = policies.some(
    ({ podSelector, policyTypes, ingress, egress }) =>
      Object.keys(podSelector).length === 0 &&
      policyTypes.includes('Ingress') &&
      policyTypes.includes('Egress') &&
      !ingress &&
      !egress,
  );
  const problems = denied ? [] : ['not everything is denied first'];
  const needs: Record<string, number[]> = {
    processor: [53, 5432, 9092, 9093, 443],
    alertbot: [53, 5432, 443],
    migrate: [53, 5432],
  };
  for (const { name, labels } of workloads(manifests)) {
    const own = policies.filter(({ podSelector }) => selects(podSelector, labels));
    const open = own.flatMap(({ egress = [] }) =>
      egress.flatMap(({ ports = [] }) => ports.map(({ port }) => port)),
    );
    for (const port of needs[name] ?? [])
      if (!open.includes(port)) problems.push(`${name} does not reach port ${port}`);
    const asked = own.some(({ ingress = [] }) => ingress.length > 0);
    if (asked !== (name !== 'migrate'))
      problems.push(asked ? `${name} is open to callers` : `${name} cannot be asked for its metrics`);
  }
  return problems;
}

/** The environment of a program, with something for every secret, and for files that are mounted later. */
function environmentOf(manifests: readonly Manifest[], container: Container): Record<string, string> {
  const data = (name: string) =>
    named('ConfigMap', manifests).find(({ metadata }) => metadata.name === name)?.data ?? {};
  const env: Record<string, string> = {};
  for (const { configMapRef } of container.envFrom ?? []) Object.assign(env, data(configMapRef.name));
  for (const { name, value, valueFrom } of container.env ?? []) {
    const reference = valueFrom?.configMapKeyRef;
    if (valueFrom?.secretKeyRef?.optional) continue;
    if (reference !== undefined) env[name] = data(reference.name)[reference.key] ?? '';
    else if (valueFrom?.secretKeyRef !== undefined) env[name] = 'xoxb-0123456789abcdef';
    else env[name] = (value ?? '').replace(/\$\((\w+)\)/g, (_whole, other: string) => env[other] ?? '');
  }
  return env;
}

function settings(manifests: readonly Manifest[]): string[] {
  return workloads(manifests).flatMap(({ name, container }) => {
    const env = environmentOf(manifests, container);
    const mounted = container.volumeMounts?.map(({ mountPath }) => `${mountPath}/`) ?? [];
    const problems: string[] = [];
    for (const [variable, file] of Object.entries(env).filter(([key]) => key.endsWith('_FILE'))) {
      if (!mounted.some((folder) => file.startsWith(folder)))
        problems.push(`${name}: ${variable} is ${file}, where nothing is mounted`);
      delete env[variable];
    }
    if (env.SLACK_BOT_TOKEN) env.SLACK_SIGNING_SECRET = '0123456789abcdef';
    try {
      const { kafka, database } = loadConfig(env);
      if (database.embedded) problems.push(`${name} has no DATABASE_URL`);
      if (name === 'processor' && kafka.embedded) problems.push('processor has no KAFKA_BROKERS');
    } catch (error) {
      if (!(error instanceof ConfigError)) throw error;
      problems.push(`${name}: ${error.message}`);
    }
    return problems;
  });
}

function scaling(manifests: readonly Manifest[]): string[] {
  const problems: string[] = [];
  const processor = workloads(manifests).find(({ name }) => name === 'processor');
  if (processor === undefined) return ['there is no processor'];
  const env = environmentOf(manifests, processor.container);
  for (const { spec } of named('ScaledObject', manifests)) {
    const { metadata } = (spec.triggers as Trigger[])[0] as Trigger;
    if (metadata.bootstrapServers !== env.KAFKA_BROKERS)
      problems.push(`the lag is asked of ${metadata.bootstrapServers}, records of ${env.KAFKA_BROKERS}`);
    if (metadata.consumerGroup !== env.KAFKA_GROUP_ID)
      problems.push(`the lag is asked of the group ${metadata.consumerGroup}, not ${env.KAFKA_GROUP_ID}`);
    if (spec.maxReplicaCount > Number(env.HOLDFAST_PARTITIONS))
      problems.push(`${spec.maxReplicaCount} processors have ${env.HOLDFAST_PARTITIONS} partitions`);
    if (spec.minReplicaCount < 2) problems.push('one processor alone is left at night');
    const deployment = named('Deployment', manifests).find(({ metadata: { name } }) => name === 'processor');
    if (deployment?.spec.replicas !== undefined) problems.push('an apply sets back the number of processors');
  }
  return problems;
}

export const CHECKS: Record<string, (manifests: readonly Manifest[]) => string[]> = {
  'no pod can do more than it has to': lockedDown,
  'every program is probed and says what it needs': probesAndResources,
  'no secret is written down': secrets,
  'every program that is started has a source': programs,
  'every reference leads somewhere': references,
  'nothing is reached but what is needed, and that is': network,
  'the settings are settings of Holdfast': settings,
  'the number of processors follows the lag of what they read': scaling,
};
