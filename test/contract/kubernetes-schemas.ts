import { ScaledObject, TriggerAuthentication } from '@kubernetes-models/keda/keda.sh/v1alpha1';
import { PodMonitor } from '@kubernetes-models/prometheus-operator/monitoring.coreos.com/v1';
import { Deployment } from 'kubernetes-models/apps/v1';
import { Job } from 'kubernetes-models/batch/v1';
import { NetworkPolicy } from 'kubernetes-models/networking.k8s.io/v1';
import { PodDisruptionBudget } from 'kubernetes-models/policy/v1';
import { ConfigMap, Namespace, Service, ServiceAccount } from 'kubernetes-models/v1';

/** The kinds of Kubernetes, of KEDA and of Prometheus' operator that are used, with the schemas of their packages. */
const KINDS = [
  ConfigMap,
  Deployment,
  Job,
  Namespace,
  NetworkPolicy,
  PodDisruptionBudget,
  PodMonitor,
  ScaledObject,
  Service,
  ServiceAccount,
  TriggerAuthentication,
];

/** What is wrong with a manifest by the schema of its kind, members that the schema does not know included. */
export function schemaProblems(manifest: unknown): string[] {
  const { apiVersion, kind } = manifest as { apiVersion?: string; kind?: string };
  const model = KINDS.find((one) => one.apiVersion === apiVersion && one.kind === kind);
  if (model === undefined) return [`there is no ${kind} in ${apiVersion}`];
  const read = watched(manifest as object);
  try {
    model.prototype.validate.call(read.value);
  } catch (error) {
    return [(error as Error).message];
  }
  return [...read.unread].map((path) => `${path} is not known to ${kind}`);
}

/**
 * The same object, with the paths of its members that nobody has asked for yet. A schema of Kubernetes lets pass what it
 * does not know, and the API server drops it without a word; but its validator asks for every member that it does know.
 */
function watched(root: object): { value: object; unread: Set<string> } {
  const unread = new Set<string>();
  const watch = (value: object, path: string): object => {
    if (!Array.isArray(value)) for (const name of Object.keys(value)) unread.add(`${path}/${name}`);
    return new Proxy(value, {
      get: (target, name, receiver) => {
        const found: unknown = Reflect.get(target, name, receiver);
        if (typeof name === 'symbol' || !Object.hasOwn(target, name)) return found;
        unread.delete(`${path}/${name}`);
        return typeof found === 'object' && found !== null ? watchOnce(found, `${path}/${name}`) : found;
      },
    });
  };
  const known = new Map<object, object>();
  const watchOnce = (value: object, path: string): object => {
    const proxy = known.get(value) ?? watch(value, path);
    known.set(value, proxy);
    return proxy;
  };
  return { value: watchOnce(root, ''), unread };
}
