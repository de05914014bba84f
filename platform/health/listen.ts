import { createServer, type Server } from 'node:http';
import type { Express } from 'express';
import { codeOf } from '../errors/classify.ts';

/**
 * Serves an app until closed.
 *
 * @param variable the setting that chooses the port, for the message when it is taken
 */
export async function listen(app: Express, host: string, port: number, variable: string): Promise<Server> {
  const server = createServer(app);
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
