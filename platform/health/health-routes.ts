import { Router } from 'express';

/**
 * `/healthz`: the process answers, nothing else is asked. `/readyz`: 200 when `problems` is empty, else 503 with them.
 */
export function healthRoutes(problems: () => Readonly<Record<string, string>>): Router {
  const router = Router();
  router.get('/healthz', (_request, response) => {
    response.json({ status: 'alive' });
  });
  router.get('/readyz', (_request, response) => {
    const current = problems();
    const ready = Object.keys(current).length === 0;
    response.status(ready ? 200 : 503).json({ status: ready ? 'ready' : 'not ready', problems: current });
  });
  return router;
}
