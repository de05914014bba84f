import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { parse } from 'yaml';
import { projectRoot } from '../../../stack/install/paths.mjs';

const PROVISIONING = join(projectRoot, 'grafana/provisioning');

export interface ProvisioningFile {
  /** From the project's root. */
  readonly path: string;
  readonly text: string;
  readonly content: unknown;
}

/** The YAML files of Grafana's provisioning. */
export function provisioningFiles(): ProvisioningFile[] {
  return readdirSync(PROVISIONING, { withFileTypes: true, recursive: true })
    .filter((entry) => entry.isFile() && entry.name.endsWith('.yml'))
    .map((entry) => {
      const path = join(entry.parentPath, entry.name);
      const text = readFileSync(path, 'utf8');
      return { path: path.slice(projectRoot.length + 1), text, content: parse(text) };
    });
}

export interface GrafanaRule {
  readonly uid: string;
  readonly title: string;
  readonly condition: string;
  readonly noDataState: string;
  readonly execErrState: string;
  readonly labels: Readonly<Record<string, string>>;
  readonly annotations: Readonly<Record<string, string>>;
  readonly data: readonly {
    readonly refId: string;
    readonly datasourceUid: string;
    readonly model: { readonly rawSql?: string };
  }[];
}

/** The alerts that Grafana evaluates, because they need SQL. */
export function grafanaRules(): GrafanaRule[] {
  const file = provisioningFiles().find(({ path }) => path.endsWith('alerting/rules.yml'));
  if (file === undefined) throw new Error('grafana/provisioning/alerting/rules.yml is missing');
  const { groups } = file.content as { groups: { rules: GrafanaRule[] }[] };
  return groups.flatMap(({ rules }) => rules);
}
