import { messageOf } from '../../platform/errors/classify.ts';
import type { Link } from '../live/state.ts';
import { startSecondPath } from '../prometheus/second-path.ts';
import type { LogFile } from './log-file.ts';
import { binaryService } from './node-service.ts';
import { writeObserverConfigs } from './observers.ts';
import type { StackContext } from './stack.ts';
import type { Service, Supervised } from './supervise.ts';

export type Watching = {
  /** Resolves with the addresses of those that serve; one that does not start is an event, no failure. */
  readonly ready: Promise<Link[]>;
  /** Begins to stop them, and comes back at once: they take a moment, and nobody needs them any more. */
  readonly stop: () => void;
};

/** Starts Prometheus, Alertmanager and Grafana where they are, beside whatever else starts. */
export async function startObservers(
  context: StackContext,
  logFor: (name: string) => LogFile,
  start: (service: Service) => Supervised,
): Promise<Watching> {
  const { config, env, folders, observers, alertmanagerToken, journal, releasers } = context;
  for (const line of observers.missing) journal.event(line);
  if (observers.started.length === 0) return { ready: Promise.resolve([]), stop: () => undefined };

  const secondPath = await startSecondPath(alertmanagerToken, (line) => journal.event(line));
  releasers.push('second path', secondPath.close);
  writeObserverConfigs(observers, config, folders, { token: alertmanagerToken, secondPath: secondPath.url });
  const handles: Supervised[] = [];
  // Grafana's contact point authenticates with it; the others read a file.
  const withToken = { ...env, ALERTMANAGER_WEBHOOK_TOKEN: alertmanagerToken };
  let stopping: Promise<unknown> | undefined;
  const stop = () => {
    stopping ??= Promise.all(handles.map((handle) => handle.stop()));
  };
  releasers.push('observers', async () => {
    stop();
    await stopping;
  });
  const links = observers.started.map(async (observer): Promise<Link[]> => {
    const handle = start(binaryService(observer, withToken, logFor(observer.name)));
    handles.push(handle);
    try {
      await journal.step(observer.title, () => handle.ready);
      return [{ label: observer.label, url: observer.url }];
    } catch (error) {
      const [reason] = messageOf(error).split('\n\n').slice(-1);
      if (!context.signal.aborted) journal.event(`${observer.title} did not start: ${reason ?? ''}`);
      return [];
    }
  });
  return { ready: Promise.all(links).then((found) => found.flat()), stop };
}
