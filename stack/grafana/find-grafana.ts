import { existsSync, realpathSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { findExecutable } from '../install/java.mjs';

export type GrafanaInstallation = {
  readonly command: string;
  /** Folder with its `conf` and `public`. */
  readonly home: string;
};

/** Where the packages of Debian and Red Hat put it. */
const PACKAGED_HOME = '/usr/share/grafana';

/** The Grafana that GRAFANA_HOME names (an unpacked one), or the one on the PATH; undefined when there is none. */
export function findGrafana(
  grafanaHome: string | null,
  env: Readonly<Record<string, string | undefined>>,
): GrafanaInstallation | undefined {
  const command =
    grafanaHome === null
      ? findExecutable('grafana', env)
      : findExecutable('grafana', { PATH: join(grafanaHome, 'bin') });
  if (command === undefined) return undefined;
  const besideIt = dirname(dirname(realpathSync(command)));
  const homes = [...(grafanaHome === null ? [] : [grafanaHome]), besideIt, PACKAGED_HOME];
  const home = homes.find((folder) => existsSync(join(folder, 'conf', 'defaults.ini')));
  return home === undefined ? undefined : { command, home };
}
