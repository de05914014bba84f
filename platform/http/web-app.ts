import express, { type Express } from 'express';

/**
 * What is answered is for programs: no page may show it in a frame, run it, or guess another type, nothing on the way
 * keeps a copy, and no page of another site may load it.
 */
const HEADERS: Readonly<Record<string, string>> = {
  'Cache-Control': 'no-store',
  'Content-Security-Policy': "default-src 'none'; frame-ancestors 'none'",
  'Cross-Origin-Resource-Policy': 'same-origin',
  'Referrer-Policy': 'no-referrer',
  'X-Content-Type-Options': 'nosniff',
};

/** An Express app whose answers say nothing of what made them, and how they may be used. */
export function createWebApp(): Express {
  const app = express();
  app.disable('x-powered-by');
  app.disable('etag');
  app.use((_request, response, next) => {
    response.set(HEADERS);
    next();
  });
  return app;
}
