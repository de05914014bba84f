import { connect, createServer, type Server, type Socket } from 'node:net';
import { Transform } from 'node:stream';
import { onTestFinished } from 'vitest';

/** A wire between a client and a server that can be cut. */
export interface TcpProxy {
  readonly port: number;
  /** Breaks all connections; new ones are refused. */
  cut(): Promise<void>;
  mend(): Promise<void>;
  /** From now on an answer takes so many milliseconds longer: half of them on the way there, half on the way back. */
  delay(roundTripMs: number): void;
}

/** Passes what comes to a port of its own on to `target`, until the test ends. */
export async function tcpProxy(
  target: { host: string; port: number },
  cleanUp: (undo: () => Promise<void>) => void = onTestFinished,
): Promise<TcpProxy> {
  const sockets = new Set<Socket>();
  let roundTripMs = 0;
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
        socket.pipe(delayed(() => roundTripMs / 2)).pipe(other);
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
  cleanUp(cut);
  return {
    port,
    cut,
    mend: async () => {
      await open(port);
    },
    delay: (ms) => {
      roundTripMs = ms;
    },
  };
}

/** Lets bytes through in their order, each so many milliseconds after it came. */
function delayed(ms: () => number): Transform {
  let underWay = 0;
  return new Transform({
    transform(chunk, _encoding, done) {
      if (ms() === 0 && underWay === 0) {
        done(null, chunk);
        return;
      }
      underWay += 1;
      setTimeout(() => {
        underWay -= 1;
        this.push(chunk);
      }, ms());
      done();
    },
    flush(done) {
      setTimeout(done, ms());
    },
  });
}

/** The same database by way of a proxy. */
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
