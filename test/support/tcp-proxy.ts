import { onTestFinished } from 'vitest';
import { openTcpProxy, type TcpProxy } from '../../stack/wire/tcp-proxy.ts';

export { addressOf, type TcpProxy, urlThrough } from '../../stack/wire/tcp-proxy.ts';

/** A wire to `target` that can be cut and made slow, until the test ends. */
export async function tcpProxy(
  target: { host: string; port: number },
  cleanUp: (undo: () => Promise<void>) => void = onTestFinished,
): Promise<TcpProxy> {
  const proxy = await openTcpProxy(target);
  cleanUp(proxy.cut);
  return proxy;
}
