import type { NextFunction, Request, Response } from 'express';

const LOCAL = /^(localhost|.+\.localhost|127(\.\d{1,3}){3}|\[::1\])$/;
const IP_ADDRESS = /^(\d{1,3}(\.\d{1,3}){3}|\[[0-9a-f:.]+\])$/i;

/**
 * Keeps web pages of others from clicking: the buttons here act on real alerts. A page elsewhere can send a request to
 * 127.0.0.1, but the browser then says where it comes from, and a name that somebody else's DNS points here is no local
 * one.
 *
 * @param host what is listened on; where that is every interface, any address will do, but still no name
 */
export function localOnly(host: string) {
  const everywhere = host === '0.0.0.0' || host === '::';
  const isOurs = (name: string) => LOCAL.test(name) || name === host || (everywhere && IP_ADDRESS.test(name));

  return (request: Request, response: Response, next: NextFunction): void => {
    const hostHeader = request.headers.host ?? '';
    const { origin } = request.headers;
    const site = request.headers['sec-fetch-site'];
    const changes = request.method !== 'GET' && request.method !== 'HEAD';
    if (!isOurs(hostnameOf(`http://${hostHeader}`))) {
      refuse(response, `Open this page as http://127.0.0.1, not as ${hostHeader}.`);
    } else if (changes && origin !== undefined && origin !== `http://${hostHeader}`) {
      refuse(response, 'Requests of other web pages are refused.');
    } else if (changes && site !== undefined && site !== 'same-origin' && site !== 'none') {
      refuse(response, 'Requests of other web pages are refused.');
    } else {
      next();
    }
  };
}

function hostnameOf(url: string): string {
  return URL.canParse(url) ? new URL(url).hostname : '';
}

function refuse(response: Response, message: string): void {
  response.status(403).json({ error: 'forbidden', message });
}
