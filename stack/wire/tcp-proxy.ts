import { connect, createServer, type Server, type Socket } from 'node:net';
import { Throttle } from './throttle.ts';

/** A wire between a client and a server that can be cut and made slow. */
export interface TcpProxy {
  readonly port: number;
  /** Breaks all connections; new ones are refused. */
  cut(): Promise<void>;
  mend(): Promise<void>;
  /** From now on an answer takes so many milliseconds longer: half of them on the way there, half on the way back. */
  delay(roundTripMs: number): void;
  /** From now on so many bytes a second get through in each direction of a connection; null: as many as come. */
  limit(bytesPerSecond: number | null): void;
}

/** Passes what comes to a port of its own on to `target`, until it is cut. */
export async function openTcpProxy(target: { host: string; port: number }): Promise<TcpProxy> {
  const sockets = new Set<Socket>();
  const quality = { latencyMs: 0, bytesPerSecond: null as number | null };
  let server: Server | undefined;
  const open = async (port: number): Promise<number> => {
    const listening = createServer((client) => {
      const upstream = connect(target);
      for (const [socket, other] of [
        [client, upstream],
        [upstream, client],
      ] as const) {
        sockets.add(socket);
        socket.on('error', () => undefined);
        socket.on('close', () => {
          sockets.delete(socket);
          other.destroy();
        });
        socket.pipe(new Throttle(quality)).pipe(other);
      }
    });
    await new Promise<void>((resolve, reject) => {
      listening.once('error', reject);
      listening.listen(port, '127.0.0.1', resolve);
    });
    server = listening;
    return (listening.address() as { port: number }).port;
  };
  const cut = async () => {
    const listening = server;
    server = undefined;
    const closed = new Promise<void>((resolve) => {
      if (listening === undefined) resolve();
      else listening.close(() => resolve());
    });
    for (const socket of sockets) socket.destroy();
    await closed;
  };
  const port = await open(0);
  return {
    port,
    cut,
    mend: async () => {
      await open(port);
    },
    delay: (roundTripMs) => {
      quality.latencyMs = roundTripMs / 2;
    },
    limit: (bytesPerSecond) => {
      quality.bytesPerSecond = bytesPerSecond;
    },
  };
}

/** The same server by way of a proxy. */
export function urlThrough(url: string, port: number): string {
  const through = new URL(url);
  through.hostname = '127.0.0.1';
  through.port = String(port);
  return through.href;
}

/** Where the server of a URL listens. */
export function addressOf(url: string, defaultPort: number): { host: string; port: number } {
  const { hostname, port } = new URL(url);
  return { host: hostname, port: port === '' ? defaultPort : Number(port) };
}
