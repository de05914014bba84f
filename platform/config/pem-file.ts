import { X509Certificate } from 'node:crypto';
import { readFileSync } from 'node:fs';
import { codeOf, messageOf } from '../errors/classify.ts';

const CERTIFICATE = /-----BEGIN CERTIFICATE-----[\s\S]+?-----END CERTIFICATE-----/g;
const KEY = /-----BEGIN (?:[A-Z]+ )?PRIVATE KEY-----/;

/**
 * The text of a file that has to hold certificates, or a private key, in PEM.
 *
 * @param variable the setting that names it, for the message
 * @param problems receives why it cannot be used
 * @returns undefined for a path that is undefined, and for a file that cannot be used
 */
export function readPem(
  variable: string,
  path: string | undefined,
  holds: 'certificates' | 'key',
  problems: string[],
): string | undefined {
  if (path === undefined) return undefined;
  const problem = (text: string): undefined => {
    problems.push(`${variable} names ${path}, ${text}`);
  };
  let text: string;
  try {
    text = readFileSync(path, 'utf8');
  } catch (error) {
    return problem(`which cannot be read: ${codeOf(error)}`);
  }
  if (holds === 'key') return KEY.test(text) ? text : problem('which has no private key in PEM');
  const certificates = text.match(CERTIFICATE) ?? [];
  if (certificates.length === 0)
    return problem('which has no certificate in PEM (-----BEGIN CERTIFICATE-----)');
  try {
    for (const certificate of certificates) new X509Certificate(certificate);
  } catch (error) {
    return problem(`which has a damaged certificate: ${messageOf(error)}`);
  }
  return text;
}
