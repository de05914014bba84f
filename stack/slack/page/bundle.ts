import { basename } from 'node:path';
import { fileURLToPath } from 'node:url';
import { build } from 'esbuild';

export type Bundle = ReadonlyMap<string, Buffer>;

const clientFolder = fileURLToPath(new URL('./client/', import.meta.url));

/**
 * Bundles the page's scripts and styles in memory; keys are file names, `app.js` and `app.css` among them.
 *
 * @throws when a source does not compile; the message names file and line.
 */
export async function bundleClient(): Promise<Bundle> {
  const result = await build({
    entryPoints: [
      { in: `${clientFolder}main.tsx`, out: 'app' },
      { in: `${clientFolder}styles/all.css`, out: 'app' },
    ],
    bundle: true,
    write: false,
    outdir: '/assets',
    format: 'esm',
    splitting: true,
    chunkNames: '[name]-[hash]',
    target: 'es2022',
    minify: true,
    jsx: 'automatic',
    loader: { '.woff2': 'file' },
    assetNames: '[name]-[hash]',
    define: { 'process.env.NODE_ENV': '"production"' },
    legalComments: 'none',
    logLevel: 'silent',
  });
  return new Map(result.outputFiles.map((file) => [basename(file.path), Buffer.from(file.contents)]));
}
