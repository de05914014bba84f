import { readFileSync } from 'node:fs';
import { connect, createServer, type Socket } from 'node:net';
import { TLSSocket } from 'node:tls';
import type { Certificate } from './certificates.ts';

/** First message of a PostgreSQL client that wants TLS: its length, and a number that is no version. */
const SSL_REQUEST = Buffer.from([0, 0, 0, 8, 4, 210, 22, 47]);

export interface TlsDatabaseProxy {
  readonly port: number;
  /** Connections that were encrypted, and those that did not ask for it: they were ended. */
  readonly seen: { encrypted: number; plain: number };
}

/** What a database with `hostssl` lines only is to its clients, before one that speaks no TLS. */
export async function tlsDatabaseProxy(
  target: { host: string; port: number },
  { cert, key }: Certificate,
  cleanUp: (undo: () => void) => void,
): Promise<TlsDatabaseProxy> {
  const seen = { encrypted: 0, plain: 0 };
  const sockets = new Set<Socket>();
  const server = createServer((client) => {
    sockets.add(client);
    client.on('error', () => undefined);
    client.once('data', (first) => {
      if (!first.equals(SSL_REQUEST)) {
        seen.plain += 1;
        client.destroy();
        return;
      }
      client.write('S');
      const secure = new TLSSocket(client, {
        isServer: true,
        cert: readFileSync(cert),
        key: readFileSync(key),
      });
      secure.on('error', () => client.destroy());
      secure.once('secure', () => {
        seen.encrypted += 1;
        const upstream = connect(target);
        sockets.add(upstream);
        upstream.on('error', () => secure.destroy());
        upstream.on('close', () => secure.destroy());
        secure.on('close', () => upstream.destroy());
        secure.pipe(upstream).pipe(secure);
      });
    });
  });
  await new Promise<void>((resolve, reject) => {
    server.once('error', reject);
    server.listen(0, '127.0.0.1', resolve);
  });
  cleanUp(() => {
    server.close();
    for (const socket of sockets) socket.destroy();
  });
  return { port: (server.address() as { port: number }).port, seen };
}
