import type { ModalView, RadioButtons } from '@slack/types';
import type { HoldDecision } from '../../domain/alerts/lifecycle.ts';
import { RESOLVE_CAUSES, type ResolveCause, type Texts } from '../texts/texts.ts';
import { textsOf } from '../texts/texts-of.ts';
import { alertLine } from './alert-line.ts';
import { type AlertView, type GroupView, isGroup, type MessageSettings } from './alert-view.ts';
import { option, plain, section } from './blocks.ts';
import { actionable } from './group-message.ts';
import { groupHeadline } from './headline.ts';
import { LIMITS } from './limits.ts';
import { type ModalOrigin, modal, modalTarget } from './modal.ts';
import { selectedOption, submittedText, type ViewValues } from './view-values.ts';

/** Longest note, in characters. */
export const LONGEST_NOTE = 500;

const DECISION = 'resolve_decision';
const CAUSE = 'resolve_cause';
const NOTE = 'resolve_note';

/** Asks why an alert, or every waiting member of a group, is resolved; for holds also what happens to the order. */
export function resolveModal(
  subject: AlertView | GroupView,
  origin: ModalOrigin,
  settings: MessageSettings,
): ModalView {
  const texts = textsOf(settings);
  const words = texts.resolveModal;
  const orders = holdsOf(subject);
  const about = isGroup(subject) ? groupHeadline(subject, texts) : alertLine(subject, settings, texts);
  return modal({
    callbackId: 'resolve',
    title: words.title,
    submit: words.submit,
    close: words.cancel,
    metadata: { ...modalTarget(subject), ...origin },
    blocks: [
      section(words.intro(about), 'resolve-about'),
      ...(orders === 0
        ? []
        : [
            section(words.warning(orders), 'resolve-warning'),
            {
              type: 'input' as const,
              block_id: DECISION,
              label: plain(words.decision, LIMITS.label),
              element: decisionElement(texts),
            },
          ]),
      {
        type: 'input',
        block_id: CAUSE,
        label: plain(words.cause, LIMITS.label),
        element: {
          type: 'static_select',
          action_id: CAUSE,
          placeholder: plain(words.causePlaceholder, LIMITS.placeholder),
          options: RESOLVE_CAUSES.map((cause) => option(words.causes[cause], cause)),
        },
      },
      {
        type: 'input',
        block_id: NOTE,
        optional: true,
        label: plain(words.note, LIMITS.label),
        element: {
          type: 'plain_text_input',
          action_id: NOTE,
          multiline: true,
          max_length: LONGEST_NOTE,
          placeholder: plain(words.notePlaceholder, LIMITS.placeholder),
        },
      },
    ],
  });
}

/** How many orders the decision is about; 0 when there is nothing to decide. */
function holdsOf(subject: AlertView | GroupView): number {
  if (isGroup(subject)) return subject.kind === 'HOLD' ? actionable(subject) : 0;
  return subject.hold?.status === 'OPEN' ? 1 : 0;
}

function decisionElement({ resolveModal: words }: Texts): RadioButtons {
  return {
    type: 'radio_buttons',
    action_id: DECISION,
    options: [
      { ...option(words.release, 'release'), description: plain(words.releaseMeans, LIMITS.option) },
      { ...option(words.cancelOrder, 'cancel'), description: plain(words.cancelMeans, LIMITS.option) },
    ],
  };
}

export type ResolveSubmission =
  | { ok: true; decision: HoldDecision | null; cause: ResolveCause; note: string | null }
  | { ok: false; errors: Record<string, string> };

/** What was entered; `decision` is null where it was not asked for. `errors` are what Slack shows below each input. */
export function readResolve(
  values: ViewValues,
  settings: Pick<MessageSettings, 'locale'>,
): ResolveSubmission {
  const { errors: words } = textsOf(settings).resolveModal;
  const decision = selectedOption(values, DECISION);
  const cause = selectedOption(values, CAUSE);
  const note = submittedText(values, NOTE);
  const errors: Record<string, string> = {};
  if (values[DECISION] !== undefined && !isDecision(decision)) errors[DECISION] = words.decision;
  if (!isCause(cause)) errors[CAUSE] = words.cause;
  else if (decision === 'release' && cause === 'fraud_confirmed') errors[CAUSE] = words.fraudReleased;
  if (note !== null && [...note].length > LONGEST_NOTE) errors[NOTE] = words.noteTooLong(LONGEST_NOTE);
  if (!isCause(cause) || Object.keys(errors).length > 0) return { ok: false, errors };
  return { ok: true, decision: isDecision(decision) ? decision : null, cause, note };
}

/** Cause and note as the one text that the audit keeps. */
export function resolutionNote(
  { cause, note }: { cause: ResolveCause; note: string | null },
  settings: Pick<MessageSettings, 'locale'>,
): string {
  const words = textsOf(settings).resolveModal.causes[cause];
  return note === null ? words : `${words}: ${note}`;
}

function isDecision(value: string | null): value is HoldDecision {
  return value === 'release' || value === 'cancel';
}

function isCause(value: string | null): value is ResolveCause {
  return RESOLVE_CAUSES.some((cause) => cause === value);
}
