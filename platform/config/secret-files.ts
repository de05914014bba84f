import { readFileSync } from 'node:fs';
import { codeOf } from '../errors/classify.ts';

/** Settings that are secrets, or hold one. Each may come from a file, named by the same variable with `_FILE` behind it. */
export const SECRET_VARIABLES = [
  'DATABASE_URL',
  'PGPASSWORD',
  'KAFKA_SASL_USERNAME',
  'KAFKA_SASL_PASSWORD',
  'KAFKA_SSL_KEY_PASSPHRASE',
  'SLACK_BOT_TOKEN',
  'SLACK_SIGNING_SECRET',
  'SLACK_APP_TOKEN',
  'ALERTMANAGER_WEBHOOK_TOKEN',
  'HOLDFAST_API_TOKEN',
  'HOLDFAST_SCHEMA_REGISTRY_PASSWORD',
  'HOLDFAST_SCHEMA_REGISTRY_TOKEN',
  'HOLDFAST_WEBHOOK_SECRET',
] as const;

export const fileVariable = (name: string): string => `${name}_FILE`;

/** A secret is a line of text: what is longer is another file. */
const LONGEST_SECRET = 64 * 1024;

/**
 * The settings with every secret that lies in a file, as Docker and Kubernetes mount them. A line break at its end is no
 * part of it.
 *
 * @param problems receives what is wrong, with names and paths, never with what is in a file
 */
export function withSecretFiles(
  given: Readonly<Record<string, string>>,
  problems: string[],
): Record<string, string> {
  const settings = { ...given };
  for (const name of SECRET_VARIABLES) {
    const path = given[fileVariable(name)];
    if (path === undefined) continue;
    const read = readSecret(path);
    if ('problem' in read) {
      problems.push(`${fileVariable(name)} names ${path}, ${read.problem}`);
      // Nothing else is to complain that it is missing.
      settings[name] ??= STAND_INS[name] ?? 'unreadable-secret';
    } else if (given[name] !== undefined && given[name] !== read.value) {
      problems.push(`${name} and ${fileVariable(name)} are both set, and differ: remove one of them`);
    } else {
      settings[name] = read.value;
    }
  }
  return settings;
}

/** For those of which not every text is well-formed. */
const STAND_INS: Partial<Record<string, string>> = {
  DATABASE_URL: 'postgres://unreadable.invalid/',
  HOLDFAST_WEBHOOK_SECRET: `whsec_${'A'.repeat(32)}`,
};

function readSecret(path: string): { value: string } | { problem: string } {
  try {
    const value = readFileSync(path, 'utf8').replace(/\r?\n$/, '');
    if (value === '') return { problem: 'which is empty: write the secret into it' };
    if (value.length > LONGEST_SECRET) return { problem: 'which is too long for a secret' };
    return { value };
  } catch (error) {
    return { problem: `which cannot be read: ${codeOf(error)}` };
  }
}
