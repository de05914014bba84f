import { spawnSync } from 'node:child_process';
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';

/** Paths of PEM files. */
export interface Certificate {
  readonly cert: string;
  readonly key: string;
}

/** Who signs: its certificate is what the others trust. */
export interface Authority {
  readonly ca: string;
  /** @param hosts names and addresses it is for; none: a client's */
  readonly sign: (name: string, hosts?: readonly string[]) => Certificate;
}

/** Certificates of this test, made with openssl. `cleanUp` gets the way to delete them. */
export function authorityMaker(cleanUp: (undo: () => void) => void): (name: string) => Authority {
  const folder = mkdtempSync(join(tmpdir(), 'holdfast-certificates-'));
  cleanUp(() => rmSync(folder, { recursive: true, force: true }));
  const openssl = (...args: string[]) => {
    const { status, stderr } = spawnSync('openssl', args, { cwd: folder, encoding: 'utf8' });
    if (status !== 0) throw new Error(`openssl ${args[0]} failed: ${stderr}`);
  };
  const fileOf = (name: string, ending: string) => join(folder, `${name}.${ending}`);
  const newKey = (name: string) => {
    const rsa = ['-algorithm', 'RSA', '-pkeyopt', 'rsa_keygen_bits:2048'];
    openssl('genpkey', ...rsa, '-out', fileOf(name, 'key'));
    return fileOf(name, 'key');
  };
  const subject = (name: string) => ['-subj', `/CN=${name}`];
  return (authority) => {
    const authorityKey = newKey(authority);
    const ca = fileOf(authority, 'crt');
    openssl('req', '-x509', '-new', '-key', authorityKey, ...subject(authority), '-days', '2', '-out', ca);
    const sign = (name: string, hosts: readonly string[] = []): Certificate => {
      const key = newKey(name);
      const [request, cert, extensions] = ['csr', 'crt', 'ext'].map((ending) => fileOf(name, ending)) as [
        string,
        string,
        string,
      ];
      const names = hosts.map((host) => (/^[\d.]+$/.test(host) ? `IP:${host}` : `DNS:${host}`));
      writeFileSync(
        extensions,
        names.length === 0 ? 'extendedKeyUsage=clientAuth\n' : `subjectAltName=${names.join(',')}\n`,
      );
      openssl('req', '-new', '-key', key, ...subject(name), '-out', request);
      const signed = [
        '-CA',
        ca,
        '-CAkey',
        authorityKey,
        '-CAcreateserial',
        '-days',
        '2',
        '-extfile',
        extensions,
      ];
      openssl('x509', '-req', '-in', request, ...signed, '-out', cert);
      return { cert, key };
    };
    return { ca, sign };
  };
}
