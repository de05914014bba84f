import { extname } from 'node:path';
import { type Bundle, bundleClient } from './bundle.ts';
import { iconSvg } from './icon-svg.ts';
import { indexHtml } from './index-html.ts';

export type PageAsset = { readonly body: Buffer | string; readonly contentType: string };

export type PageAssets = {
  /** The file at this path of the URL, or null where there is none. The first one bundles: about a second. */
  get(path: string): Promise<PageAsset | null>;
};

const contentTypes: Record<string, string> = {
  '.js': 'text/javascript; charset=utf-8',
  '.css': 'text/css; charset=utf-8',
  '.woff2': 'font/woff2',
};

/** The page of the stand-in. Nothing is written to disk. */
export function createPageAssets(): PageAssets {
  let bundle: Promise<Bundle> | undefined;

  async function bundled(name: string): Promise<PageAsset | null> {
    const contentType = contentTypes[extname(name)];
    if (contentType === undefined) return null;
    bundle ??= bundleClient();
    try {
      const body = (await bundle).get(name);
      return body === undefined ? null : { body, contentType };
    } catch (error) {
      // Somebody who works on the page mends the source and reloads.
      bundle = undefined;
      throw error;
    }
  }

  return {
    async get(path) {
      if (path === '/') return { body: indexHtml, contentType: 'text/html; charset=utf-8' };
      if (path === '/assets/icon.svg') return { body: iconSvg, contentType: 'image/svg+xml' };
      return path.startsWith('/assets/') ? bundled(path.slice('/assets/'.length)) : null;
    },
  };
}
