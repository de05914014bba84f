import { createServer, type Server } from 'node:http';
import type { Express } from 'express';
import { codeOf } from '../errors/classify.ts';

/** How long a caller may take, in milliseconds, and how many there may be: slow ones must not keep others out. */
export interface CallerLimits {
  headersMs: number;
  requestMs: number;
  checkedEveryMs: number;
  connections: number;
}

const CALLER_LIMITS: CallerLimits = {
  headersMs: 10_000,
  requestMs: 30_000,
  checkedEveryMs: 2_000,
  connections: 1_000,
};

/**
 * Serves an app until closed. Who does not send a request whole in time is answered 408 and cut off.
 *
 * @param variable the setting that chooses the port, for the message when it is taken
 */
export async function listen(
  app: Express,
  host: string,
  port: number,
  variable: string,
  limits: CallerLimits = CALLER_LIMITS,
): Promise<Server> {
  const server = createServer(
    {
      headersTimeout: limits.headersMs,
      requestTimeout: limits.requestMs,
      connectionsCheckingInterval: limits.checkedEveryMs,
    },
    app,
  );
  server.maxConnections = limits.connections;
  await new Promise<void>((resolve, reject) => {
    server.once('error', (error) => {
      const taken = codeOf(error) === 'EADDRINUSE';
      reject(
        taken
          ? new Error(`Port ${port} is taken: set ${variable} to a free one, or stop what is using it.`)
          : error,
      );
    });
    server.listen(port, host, resolve);
  });
  return server;
}

/** Stops accepting, ends idle connections, waits for the requests under way. */
export function closeServer(server: Server): Promise<void> {
  return new Promise((resolve) => {
    server.close(() => resolve());
    server.closeIdleConnections();
  });
}
