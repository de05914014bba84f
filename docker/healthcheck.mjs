// The containers' health check: `node docker/healthcheck.mjs <port> [path]`. The image carries no curl or wget.
const [port, path = '/healthz'] = process.argv.slice(2);
if (!/^\d+$/.test(port ?? '')) {
  process.stderr.write('usage: node docker/healthcheck.mjs <port> [path]\n');
  process.exit(2);
}

const url = `http://127.0.0.1:${port}${path}`;
try {
  const response = await fetch(url, { signal: AbortSignal.timeout(4_000) });
  await response.body?.cancel();
  if (!response.ok) throw new Error(`status ${response.status}`);
} catch (error) {
  const cause = error instanceof Error ? (error.cause ?? error) : error;
  process.stderr.write(`${url}: ${cause instanceof Error ? cause.message : String(cause)}\n`);
  process.exitCode = 1;
}
