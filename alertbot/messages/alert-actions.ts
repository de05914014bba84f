import type { ActionsBlock, Button, Overflow } from '@slack/types';
import { isRetriable, nextStatus } from '../../domain/alerts/lifecycle.ts';
import type { Texts } from '../texts/texts.ts';
import type { AlertView, MessageSettings } from './alert-view.ts';
import { actions, button, confirmation, linkOption, menu, option } from './blocks.ts';
import { grafanaLink, runbookLink } from './links.ts';
import type { AlertTarget } from './targets.ts';

export function canRetry(view: AlertView): boolean {
  return (
    nextStatus(view.status, 'RETRY') !== null &&
    isRetriable({ kind: view.kind, holdOpen: view.hold?.status === 'OPEN', hasRecord: view.record !== null })
  );
}

/** The buttons that the alert's status allows, then the menu with what is needed less often. */
export function alertActions(view: AlertView, settings: MessageSettings, texts: Texts): ActionsBlock {
  const target: AlertTarget = { a: view.alertId, v: view.version };
  const more = alertMenu(view, settings, texts);
  return actions(
    [
      ...(nextStatus(view.status, 'ACK') === null
        ? []
        : [{ ...button(texts.buttons.ack, 'alert_ack', target), style: 'primary' as const }]),
      ...(nextStatus(view.status, 'RESOLVE') === null
        ? []
        : [button(texts.buttons.resolve, 'alert_resolve', target)]),
      ...(canRetry(view) ? [retryButton(view, target, texts)] : []),
      ...(more === null ? [] : [more]),
    ],
    `alert-actions-${view.alertId}`,
  );
}

function retryButton(view: AlertView, target: AlertTarget, texts: Texts) {
  const words = view.hold === null ? texts.confirmRetry.record : texts.confirmRetry.hold;
  return { ...button(texts.buttons.retry, 'alert_retry', target), confirm: confirmation(words) };
}

function alertMenu(view: AlertView, settings: MessageSettings, { buttons }: Texts): Overflow | Button | null {
  const canSnooze = nextStatus(view.status, 'SNOOZE') !== null;
  return menu('alert_more', [
    canSnooze ? option(buttons.snooze, 'snooze') : null,
    canSnooze && view.snoozedUntil !== null ? option(buttons.unsnooze, 'unsnooze') : null,
    option(buttons.evidence, 'evidence'),
    linkOption(buttons.grafana, 'grafana', grafanaLink(view, settings)),
    linkOption(buttons.runbook, 'runbook', runbookLink(view, settings)),
  ]);
}
