import type { ModalView } from '@slack/types';
import { HOUR, MINUTE, type Micros } from '../../domain/time/micros.ts';
import { SNOOZE_CHOICES, type SnoozeChoice } from '../texts/texts.ts';
import { textsOf } from '../texts/texts-of.ts';
import { alertLine } from './alert-line.ts';
import { type AlertView, type GroupView, isGroup, type MessageSettings, UNTIL_FIXED } from './alert-view.ts';
import { option, plain, section } from './blocks.ts';
import { groupHeadline } from './headline.ts';
import { LIMITS } from './limits.ts';
import { localMinute, tomorrowMorning } from './local-time.ts';
import { type ModalOrigin, modal, modalTarget } from './modal.ts';
import { selectedOption, type ViewValues } from './view-values.ts';

const UNTIL = 'snooze_until';

/** Asks until when an alert, or every waiting member of a group, is not to be spoken of again. */
export function snoozeModal(
  subject: AlertView | GroupView,
  origin: ModalOrigin,
  settings: MessageSettings,
  now: Micros,
): ModalView {
  const texts = textsOf(settings);
  const words = texts.snoozeModal;
  const about = isGroup(subject) ? groupHeadline(subject, texts) : alertLine(subject, settings, texts);
  const morning = localMinute(tomorrowMorning(now, settings.timeZone), settings.timeZone);
  return modal({
    callbackId: 'snooze',
    title: words.title,
    submit: words.submit,
    close: words.cancel,
    metadata: { ...modalTarget(subject), ...origin },
    blocks: [
      section(words.intro(about), 'snooze-about'),
      {
        type: 'input',
        block_id: UNTIL,
        label: plain(words.until, LIMITS.label),
        element: {
          type: 'radio_buttons',
          action_id: UNTIL,
          options: SNOOZE_CHOICES.map((choice) =>
            option(choice === 'tomorrow' ? words.tomorrow(morning) : words.choices[choice], choice),
          ),
        },
      },
    ],
  });
}

export type SnoozeSubmission = { ok: true; until: Micros } | { ok: false; errors: Record<string, string> };

/** Until when; {@link UNTIL_FIXED} when it is until the alert is resolved. */
export function readSnooze(
  values: ViewValues,
  settings: Pick<MessageSettings, 'locale' | 'timeZone'>,
  now: Micros,
): SnoozeSubmission {
  const chosen = selectedOption(values, UNTIL);
  const choice = SNOOZE_CHOICES.find((one) => one === chosen);
  if (choice === undefined) return { ok: false, errors: { [UNTIL]: textsOf(settings).snoozeModal.error } };
  return { ok: true, until: untilOf(choice, now, settings.timeZone) };
}

function untilOf(choice: SnoozeChoice, now: Micros, timeZone: string): Micros {
  switch (choice) {
    case '15m':
      return now + 15 * MINUTE;
    case '1h':
      return now + HOUR;
    case '4h':
      return now + 4 * HOUR;
    case 'tomorrow':
      return tomorrowMorning(now, timeZone);
    case 'fixed':
      return UNTIL_FIXED;
  }
}
