import type { Texts } from '../texts/texts.ts';
import type { AlertView, GroupView } from './alert-view.ts';
import { deliveryHeadline } from './delivery-alert.ts';
import { inline, NOTHING } from './escape.ts';
import { incidentHeadline } from './incident-alert.ts';
import { inventoryHeadline } from './inventory-alert.ts';

const ID = 120;
const SUBJECT = 400;

/**
 * What it is, in one line of mrkdwn. In the reader's language where we know what the alert is made of; else its subject,
 * as it was written.
 */
export function headline(view: AlertView, texts: Texts): string {
  const { evidence, hold, order, record } = view;
  if (hold !== null && order !== null) {
    return texts.headlines.held(inline(order.orderId, ID), reasonWords(hold.reason, texts));
  }
  if (record !== null) {
    const position = inline(`${record.topic} ${record.partition}:${record.offset}`, ID);
    return texts.headlines.rejected(position, words(texts.rejections, record.errorType));
  }
  if (view.kind === 'PIPELINE' && typeof evidence.problem === 'string' && evidence.topic !== undefined) {
    const partition = inline(`${evidence.topic} ${evidence.partition}`, ID);
    return texts.headlines.stopped(partition, words(texts.positionProblems, evidence.problem));
  }
  return (
    incidentHeadline(view, texts) ??
    deliveryHeadline(view, texts) ??
    inventoryHeadline(view, texts) ??
    inline(view.subject, SUBJECT)
  );
}

export function groupHeadline(group: GroupView, texts: Texts): string {
  const what =
    group.reason === null
      ? texts.kinds[group.kind]
      : texts.headlines.groupOfHolds(reasonWords(group.reason, texts));
  const about = [
    (group.productName ?? group.productId) === null
      ? null
      : inline(group.productName ?? group.productId ?? '', ID),
    group.region === null ? null : inline(group.region, ID),
  ].filter((part) => part !== null && part !== NOTHING);
  return [texts.headlines.group(group.total, what), ...about].join(' · ');
}

export function reasonWords(reason: string, texts: Texts): string {
  return words(texts.reasons, reason);
}

function words(known: Readonly<Record<string, string>>, name: string): string {
  return Object.hasOwn(known, name) ? (known[name] ?? '') : inline(name, ID);
}
