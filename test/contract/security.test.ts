import { spawnSync } from 'node:child_process';
import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { parse, parseAllDocuments } from 'yaml';
import { loadConfig } from '../../platform/config/load.ts';
import { SECRET_VARIABLES } from '../../platform/config/secret-files.ts';
import { variables } from '../../platform/config/variables.ts';
import { projectRoot } from '../../stack/install/paths.mjs';

const read = (file: string): string => readFileSync(join(projectRoot, file), 'utf8');

describe('secrets', () => {
  it('may all come from files, and the guide names each', () => {
    const named = Object.keys(variables.shape).filter((name) =>
      /(PASSWORD|PASSPHRASE|TOKEN|SECRET)$/.test(name),
    );
    expect(named.filter((name) => !SECRET_VARIABLES.some((one) => one === name))).toEqual([]);
    const [, section = ''] = read('docs/configuration.md').split('\n## Secrets from files\n');
    const list = (section.split('\n## ')[0] ?? '').matchAll(/^`[A-Z].*$/gm);
    const documented = [...list]
      .flatMap(([line]) => line.match(/[A-Z_]{5,}/g) ?? [])
      .filter((name) => !name.endsWith('_FILE'));
    expect(documented.toSorted()).toEqual([...SECRET_VARIABLES].toSorted());
  });
});

describe('docs/threat-model.md', () => {
  it('has every port we listen on', () => {
    const [, ports = ''] = read('docs/threat-model.md').split('\n## Ports\n');
    const missing = Object.entries(loadConfig({}).ports).filter(
      ([, port]) => !new RegExp(`\\b${port}\\b`).test(ports),
    );
    expect(missing).toEqual([]);
  });
});

/** One version, and no other tomorrow. */
const PINNED = /^[\w./-]+:v?\d+\.\d+\.\d+([.-][\w.-]+)?(@sha256:[0-9a-f]{64})?$/;

type Kustomization = { images?: { name: string; newTag?: string; digest?: string }[] };

function yamlFiles(folder: string): string[] {
  return readdirSync(join(projectRoot, folder), { recursive: true, encoding: 'utf8' })
    .filter((file) => /\.ya?ml$/.test(file))
    .map((file) => join(folder, file));
}

/** Every `image` of a document, however deep. */
function imagesIn(value: unknown): string[] {
  if (Array.isArray(value)) return value.flatMap(imagesIn);
  if (typeof value !== 'object' || value === null) return [];
  return Object.entries(value).flatMap(([name, inner]) =>
    name === 'image' && typeof inner === 'string' ? [inner] : imagesIn(inner),
  );
}

const imagesOf = (file: string): string[] =>
  parseAllDocuments(read(file), { merge: true }).flatMap((document) => imagesIn(document.toJS()));

describe('images', () => {
  it('of Compose and of the Dockerfile are one version each', () => {
    const bases = [...read('Dockerfile').matchAll(/^ARG \w*IMAGE=(\S+)$/gm)].map(([, image]) => image ?? '');
    const images = [...imagesOf('docker-compose.yml'), ...bases];
    expect(images.length).toBeGreaterThan(8);
    expect(images.filter((image) => !PINNED.test(image))).toEqual([]);
  });

  it('of the Kubernetes manifests are one version each, by themselves or by every overlay', () => {
    const images = yamlFiles('deploy').flatMap(imagesOf);
    expect(images.length).toBeGreaterThan(0);
    const left = new Set(images.filter((image) => !PINNED.test(image)));
    const overlays = yamlFiles('deploy/kubernetes/overlays').filter((file) =>
      file.endsWith('kustomization.yaml'),
    );
    expect(overlays.length).toBeGreaterThan(0);
    for (const file of overlays) {
      const { images: given = [] } = parse(read(file)) as Kustomization;
      const pinned = given
        .filter(({ newTag, digest }) => digest !== undefined || PINNED.test(`x:${newTag}`))
        .map(({ name }) => name);
      expect(
        [...left].filter((image) => !pinned.includes(image)),
        file,
      ).toEqual([]);
    }
  });

  it.each(['redis', 'redis:latest', 'redis:7', 'redis:7.2'])('%s would not do', (image) => {
    expect(PINNED.test(image)).toBe(false);
  });
});

describe('npm run sbom', () => {
  it('lists every package with the version of the lock file, and says which are for development only', () => {
    const { stdout } = spawnSync('npm', ['run', '--silent', 'sbom'], { cwd: projectRoot, encoding: 'utf8' });
    const { bomFormat, components } = JSON.parse(stdout) as {
      bomFormat: string;
      components: { name: string; version: string; properties: { name: string }[] }[];
    };
    expect(bomFormat).toBe('CycloneDX');
    const lines = new Set(
      components.map(({ name, version, properties }) => {
        const isTool = properties.some((one) => one.name === 'cdx:npm:package:development');
        return `${name} ${version}${isTool ? ' (development)' : ''}`;
      }),
    );
    const { dependencies, devDependencies } = JSON.parse(read('package.json')) as Record<
      'dependencies' | 'devDependencies',
      Record<string, string>
    >;
    const expected = [
      ...Object.entries(dependencies).map(([name, version]) => `${name} ${version}`),
      `vitest ${devDependencies.vitest} (development)`,
    ];
    expect(expected.filter((line) => !lines.has(line))).toEqual([]);
  });
});
