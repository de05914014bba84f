import type { AlertView, MessageSettings } from './alert-view.ts';

const RUNBOOK_NAME = /([A-Za-z0-9_-]+)\.md$/;
const BOARD_ID = /^[A-Za-z0-9_-]{1,40}$/;

/** Slack's limit for the address of a button or an option; beyond it a shorter one leads nearly there. */
const LONGEST = 3000;

/**
 * Where Grafana shows what the alert is about: the order, the board that a rule of Prometheus names, the pipeline, or
 * else all alerts. Null while no Grafana is configured.
 */
export function grafanaLink(
  { order, record, evidence, kind }: Pick<AlertView, 'order' | 'record' | 'evidence' | 'kind'>,
  { grafanaUrl }: MessageSettings,
): string | null {
  if (grafanaUrl === null) return null;
  const board = (uid: string) => `${withoutSlash(grafanaUrl)}/d/${uid}`;
  if (order !== null) {
    const link = `${board('holdfast-order')}?var-order_id=${encodeURIComponent(order.orderId.toWellFormed())}`;
    return link.length > LONGEST ? board('holdfast-orders') : link;
  }
  const named = annotation(evidence, 'dashboard_uid');
  if (named !== null && BOARD_ID.test(named)) return board(named);
  return board(record !== null || kind === 'PIPELINE' ? 'holdfast-pipeline' : 'holdfast-alerts');
}

/** Where Grafana shows what a storm is about. */
export function groupGrafanaLink({ grafanaUrl }: MessageSettings): string | null {
  return grafanaUrl === null ? null : `${withoutSlash(grafanaUrl)}/d/holdfast-control-tower`;
}

/**
 * Where it says what to do: the address that a rule of Prometheus gives, or its file where the runbooks are read, or
 * else their index. Null while none is configured and the alert names none.
 */
export function runbookLink(
  { evidence }: Pick<AlertView, 'evidence'>,
  { runbookUrl }: MessageSettings,
): string | null {
  const given = annotation(evidence, 'runbook_url');
  if (given !== null && /^https?:\/\//.test(given) && URL.canParse(given) && given.length <= LONGEST)
    return given;
  const name = RUNBOOK_NAME.exec(given ?? '')?.[1];
  if (runbookUrl === null || name === undefined) return runbookUrl;
  return `${withoutSlash(runbookUrl)}/${name}.md`;
}

function annotation(evidence: AlertView['evidence'], name: string): string | null {
  const { annotations } = evidence;
  if (typeof annotations !== 'object' || annotations === null) return null;
  const value = (annotations as Record<string, unknown>)[name];
  return typeof value === 'string' && value !== '' ? value : null;
}

function withoutSlash(url: string): string {
  return url.replace(/\/+$/, '');
}
