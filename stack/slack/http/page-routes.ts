import { type Request, type Response, Router } from 'express';
import type { PageAssets } from '../page/assets.ts';

/**
 * Nothing from elsewhere but the images that messages name. In no frame: a button on this page in somebody else's frame
 * would be as good as a forged request.
 */
const CONTENT_SECURITY_POLICY = [
  "default-src 'none'",
  "script-src 'self'",
  "style-src 'self'",
  "img-src 'self' data: http: https:",
  "font-src 'self'",
  "connect-src 'self'",
  "frame-ancestors 'none'",
  "base-uri 'none'",
  "form-action 'none'",
].join('; ');

/** The page at `/` and its files below `/assets/`. */
export function pageRoutes(): Router {
  const router = Router();
  let assets: Promise<PageAssets> | null = null;
  const serve = async (request: Request, response: Response): Promise<void> => {
    assets ??= loadPageAssets();
    const found = await (await assets).get(request.path);
    if (found === null) {
      response.status(404).json({ error: 'not_found', message: `There is nothing at ${request.path}.` });
      return;
    }
    response
      .set({
        'content-type': found.contentType,
        'cache-control': 'no-cache',
        'x-content-type-options': 'nosniff',
        'content-security-policy': CONTENT_SECURITY_POLICY,
      })
      .send(found.body);
  };
  router.get('/', serve);
  router.get('/assets/*path', serve);
  return router;
}

/** The bundler is loaded with the first request only: tests and apps never need it. */
async function loadPageAssets(): Promise<PageAssets> {
  return (await import('../page/assets.ts')).createPageAssets();
}
