import type { Texts } from '../texts/texts.ts';
import type { AlertView, MessageSettings } from './alert-view.ts';
import { code, inline } from './escape.ts';
import { product } from './facts.ts';
import { headline, reasonWords } from './headline.ts';
import { localTime } from './local-time.ts';
import { alertLook } from './look.ts';
import { personName } from './people.ts';
import { truncate } from './truncate.ts';

const ID = 60;
const WORDS = 50;
const SUBJECT = 160;

type Zone = Pick<MessageSettings, 'timeZone'>;

/** One alert among others, in one line: how it stands, what it is about, when, and who. No personal data. */
export function alertLine(view: AlertView, settings: Zone, texts: Texts): string {
  return lineOf(
    view,
    settings,
    [
      subjectOf(view, texts),
      view.hold === null ? null : reasonWords(view.hold.reason, texts),
      view.order && product(view.order, WORDS),
      view.order?.region ? inline(view.order.region, WORDS) : null,
    ],
    texts,
  );
}

/** The same within a group, whose headline says what its members have in common. */
export function memberLine(view: AlertView, settings: Zone, texts: Texts): string {
  return lineOf(view, settings, [subjectOf(view, texts)], texts);
}

function lineOf(
  view: AlertView,
  { timeZone }: Zone,
  about: readonly (string | null)[],
  texts: Texts,
): string {
  const who = view.status === 'OPEN' ? null : personName(view.operator, texts);
  const [first, ...more] = about;
  return [
    `${alertLook(view).mark} #${view.alertId} ${first}`,
    localTime(view.openedAt, timeZone),
    view.status === 'OPEN' ? null : [view.status, who].filter((part) => part !== null).join(' '),
    ...more,
  ]
    .filter((part) => part !== null)
    .join(' · ');
}

/** The order or record that the alert is about; else what its headline says. */
function subjectOf(view: AlertView, texts: Texts): string {
  if (view.order !== null) return code(view.order.orderId, ID);
  if (view.record === null) return truncate(headline(view, texts), SUBJECT);
  const { topic, partition, offset, errorType } = view.record;
  return `${code(`${topic} ${partition}:${offset}`, ID)} ${inline(errorType, WORDS)}`;
}
