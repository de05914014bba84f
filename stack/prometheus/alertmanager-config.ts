import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { projectRoot } from '../install/paths.mjs';

export type LocalReceivers = {
  /** Base URL of the alertbot. */
  readonly alertbot: string;
  readonly secondPath: string;
  /** File with the bearer token that both want to see. */
  readonly tokenFile: string;
};

/** `prometheus/alertmanager.yml`, with the addresses of this machine. */
export function alertmanagerConfig({ alertbot, secondPath, tokenFile }: LocalReceivers): string {
  const committed = readFileSync(join(projectRoot, 'prometheus', 'alertmanager.yml'), 'utf8');
  return [
    ['http://alertbot:3400', alertbot],
    ['http://processor:9464/webhooks/alertmanager', secondPath],
    ['/run/secrets/alertmanager_webhook_token', JSON.stringify(tokenFile)],
  ].reduce((text, [from = '', to = '']) => text.replaceAll(from, to), committed);
}
