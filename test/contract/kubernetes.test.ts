import { spawnSync } from 'node:child_process';
import { readdirSync, readFileSync } from 'node:fs';
import path from 'node:path';
import { describe, expect, it } from 'vitest';
import { parse, parseAllDocuments } from 'yaml';
import { packageVersion } from '../../platform/version.ts';
import { projectRoot } from '../../stack/install/paths.mjs';
import { CHECKS, type Manifest } from './kubernetes-checks.ts';
import { schemaProblems } from './kubernetes-schemas.ts';

const folder = path.join(projectRoot, 'deploy/kubernetes');
const read = (file: string): string => readFileSync(path.join(folder, file), 'utf8');

interface Kustomization {
  resources: string[];
  configMapGenerator: { name: string; envs: string[] }[];
  images?: { name: string; newTag: string }[];
}

const manifestsIn = (text: string): Manifest[] =>
  parseAllDocuments(text).map((document) => document.toJS() as Manifest);

/** The base as it is written, with the settings that kustomize makes of files. */
function base(): Manifest[] {
  const { resources, configMapGenerator } = parse(read('base/kustomization.yaml')) as Kustomization;
  return [
    ...resources.flatMap((file) => manifestsIn(read(`base/${file}`))),
    ...configMapGenerator.map(({ name, envs }) => ({
      apiVersion: 'v1',
      kind: 'ConfigMap',
      metadata: { name },
      data: Object.fromEntries(
        envs
          .flatMap((file) => [...read(`base/${file}`).matchAll(/^(\w+)=(.*)$/gm)])
          .map(([, key, value]) => [key, value]),
      ),
    })),
  ];
}

const onPath = (tool: string, args: string[]): boolean =>
  spawnSync(tool, args, { stdio: 'ignore' }).status === 0;

/** Renders a folder as it is applied. */
const kustomize = onPath('kustomize', ['version'])
  ? ['kustomize', 'build']
  : onPath('kubectl', ['kustomize', '--help'])
    ? ['kubectl', 'kustomize']
    : undefined;

function rendered(overlay: string): Manifest[] {
  const [tool = '', verb = ''] = kustomize ?? [];
  const { status, stdout, stderr } = spawnSync(tool, [verb, path.join(folder, 'overlays', overlay)], {
    encoding: 'utf8',
  });
  expect(stderr).toBe('');
  expect(status).toBe(0);
  return manifestsIn(stdout);
}

/** All manifests are as their schemas and the checks want them. */
function expectGood(manifests: readonly Manifest[]): void {
  for (const manifest of manifests)
    expect(schemaProblems(manifest), `${manifest.kind} ${manifest.metadata.name}`).toEqual([]);
  for (const [name, check] of Object.entries(CHECKS)) expect(check(manifests), name).toEqual([]);
}

type Broken = [mutate: (text: string) => string, complaint: RegExp];
const replacing =
  (from: string, to: string) =>
  (text: string): string => {
    expect(text).toContain(from);
    return text.replace(from, to);
  };

/** For each check, the base broken in one way, and the complaint that has to follow. */
const MUTATIONS: Record<keyof typeof CHECKS, Broken[]> = {
  'no pod can do more than it has to': [
    [replacing('"runAsNonRoot":true', '"runAsNonRoot":false'), /may run as root/],
    [replacing('"enableServiceLinks":false', '"enableServiceLinks":true'), /gets variables of services/],
    [replacing('"drop":["ALL"]', '"drop":["NET_RAW"]'), /keeps capabilities/],
    [replacing('"readOnlyRootFilesystem":true,', ''), /can write to its root/],
    [replacing('"seccompProfile":{"type":"RuntimeDefault"}', '"runAsUser":0'), /any system call/],
  ],
  'every program is probed and says what it needs': [
    [replacing('"path":"/readyz"', '"path":"/healthz"'), /no readiness probe of \/readyz/],
    [replacing('"name":"http","containerPort"', '"name":"web","containerPort"'), /does not listen/],
    [replacing('"limits":{"memory":"1Gi"}', '"limits":{}'), /processor has no memory limit/],
  ],
  'no secret is written down': [
    [replacing('postgres://holdfast_bot@', 'postgres://holdfast_bot:secret@'), /DATABASE_URL is written/],
    [
      replacing('"name":"SLACK_BOT_TOKEN","valueFrom":', '"name":"SLACK_BOT_TOKEN","value":"xoxb-1","x":'),
      /alertbot: SLACK_BOT_TOKEN is written/,
    ],
    [replacing('"HOLDFAST_TZ":', '"HOLDFAST_API_TOKEN":'), /has the secret HOLDFAST_API_TOKEN/],
  ],
  'every program that is started has a source': [
    [replacing('dist/processor/main.js', 'dist/processor/index.js'), /processor\/index\.ts/],
  ],
  'every reference leads somewhere': [
    [replacing('"configMapRef":{"name":"holdfast-kafka"}', '"configMapRef":{"name":"kafka"}'), /reads kafka/],
    [replacing('"serviceAccountName":"holdfast"', '"serviceAccountName":"default"'), /service account/],
    [replacing('"volumes":[{"name":"tmp"', '"volumes":[{"name":"temp"'), /mounts tmp/],
    [
      replacing(
        '"selector":{"app.kubernetes.io/name":"alertbot"}',
        '"selector":{"app.kubernetes.io/name":"bot"}',
      ),
      /Service alertbot is for no pod/,
    ],
  ],
  'nothing is reached but what is needed, and that is': [
    [
      replacing(
        '"podSelector":{},"policyTypes":["Ingress","Egress"]',
        '"podSelector":{},"policyTypes":["Ingress"]',
      ),
      /not everything is denied/,
    ],
    [replacing('"port":5432', '"port":5433'), /migrate does not reach port 5432/],
    [replacing('"port":9093', '"port":9094'), /processor does not reach port 9093/],
  ],
  'the settings are settings of Holdfast': [
    [replacing('HOLDFAST_LOCALE', 'HOLDFAST_LANGUAGE'), /HOLDFAST_LANGUAGE is not a setting/],
    [replacing('"HOLDFAST_TZ":"Asia/Seoul"', '"HOLDFAST_TZ":"Seoul"'), /HOLDFAST_TZ must be/],
    [replacing('"KAFKA_BROKERS":', '"KAFKA_SERVERS":'), /processor has no KAFKA_BROKERS/],
    [
      replacing('"HOLDFAST_LOG_LEVEL":"info"', '"HOLDFAST_DATABASE_CA_FILE":"/etc/ca.crt"'),
      /nothing is mounted/,
    ],
  ],
  'the number of processors follows the lag of what they read': [
    [(text) => text.replaceAll('"name":"processor"', '"name":"worker"'), /there is no processor/],
  ],
};

describe('the Kubernetes manifests', () => {
  it('are as the schemas and the checks want them', () => expectGood(base()));

  it('name every file there is', () => {
    const { resources, configMapGenerator } = parse(read('base/kustomization.yaml')) as Kustomization;
    const named = [...resources, ...configMapGenerator.flatMap(({ envs }) => envs), 'kustomization.yaml'];
    expect(readdirSync(path.join(folder, 'base')).toSorted()).toEqual(named.toSorted());
  });

  it.each(Object.keys(CHECKS))('%s: broken manifests are noticed', (name) => {
    const mutations = MUTATIONS[name] ?? [];
    expect(mutations.length).toBeGreaterThan(0);
    for (const [mutate, complaint] of mutations) {
      const broken = JSON.parse(mutate(JSON.stringify(base()))) as Manifest[];
      expect(CHECKS[name]?.(broken).join('\n')).toMatch(complaint);
    }
  });

  it.each([
    ['a member that does not exist', '"livenessProbe":', '"livenesProbe":', /livenesProbe is not known to/],
    ['a wrong type', '"replicas":2', '"replicas":"two"', /replicas must be integer/],
    ['a member that is missing', '"selector":{"matchLabels"', '"selektor":{"matchLabels"', /selector/],
    ['a kind that does not exist', '"kind":"Job"', '"kind":"Jobb"', /no Jobb in batch\/v1/],
  ])('%s is noticed', (_what, from, to, complaint) => {
    const broken = JSON.parse(replacing(from, to)(JSON.stringify(base()))) as Manifest[];
    expect(broken.flatMap(schemaProblems).join('\n')).toMatch(complaint);
  });

  it.each(['single', 'production'])('overlay %s: the image has the version of the package', (overlay) => {
    const { images = [] } = parse(read(`overlays/${overlay}/kustomization.yaml`)) as Kustomization;
    expect(images).toMatchObject([{ name: 'holdfast', newTag: packageVersion() }]);
  });

  it.each(['scaling.yaml', 'monitoring.yaml'])('overlay production: %s is as the schemas want it', (file) => {
    for (const manifest of manifestsIn(read(`overlays/production/${file}`)))
      expect(schemaProblems(manifest)).toEqual([]);
  });

  describe.skipIf(kustomize === undefined)('rendered (needs kustomize or kubectl)', () => {
    it.each(['single', 'production'])('overlay %s is as the schemas and the checks want it', (overlay) => {
      const manifests = rendered(overlay);
      expectGood(manifests);
      for (const { kind, metadata } of manifests as { kind: string; metadata: { namespace?: string } }[])
        if (kind !== 'Namespace') expect(metadata.namespace).toBe('holdfast');
    });

    it.each<Broken>([
      [
        replacing('"consumerGroup":"holdfast-processor"', '"consumerGroup":"holdfast"'),
        /the group holdfast, not/,
      ],
      [replacing('"maxReplicaCount":6', '"maxReplicaCount":12'), /12 processors have 6 partitions/],
      [
        replacing('"bootstrapServers":"holdfast-', '"bootstrapServers":"'),
        /the lag is asked of kafka-bootstrap/,
      ],
      [replacing('"minReplicaCount":2', '"minReplicaCount":1'), /one processor alone/],
      [replacing('"revisionHistoryLimit":3', '"replicas":2'), /sets back the number/],
    ])('a scaling that does not fit is noticed (%#)', (mutate, complaint) => {
      // The deployments stand in the order of their names: the processor's is the last.
      const text = JSON.stringify(rendered('production').toReversed());
      const broken = JSON.parse(mutate(text)) as Manifest[];
      expect(
        Object.values(CHECKS)
          .flatMap((check) => check(broken))
          .join('\n'),
      ).toMatch(complaint);
    });
  });
});
