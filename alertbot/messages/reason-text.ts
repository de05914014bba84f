import type { Texts } from '../texts/texts.ts';
import type { AlertView } from './alert-view.ts';
import { deliveryReason } from './delivery-alert.ts';
import { code, inline } from './escape.ts';
import { incidentReason } from './incident-alert.ts';
import { inventoryReason } from './inventory-alert.ts';
import { truncate } from './truncate.ts';

const ID = 80;
const LONGEST_TEXT = 700;
const LONGEST_LIST = 1_500;
const MOST_PROBLEMS = 10;

/**
 * Why there is an alert, in a sentence of mrkdwn made from its evidence; null when the subject says all there is.
 * Personal data is masked by whoever passes the view.
 */
export function reasonText(view: AlertView, texts: Texts): string | null {
  if (view.hold !== null) return holdReason(view.hold.reason, view.evidence, texts);
  if (view.record !== null) return inline(view.record.errorText, LONGEST_TEXT);
  if (view.kind === 'PIPELINE' && view.evidence.from !== undefined && view.evidence.to !== undefined) {
    return texts.details.offsets(number(view.evidence.from), number(view.evidence.to));
  }
  const incident = incidentReason(view, texts);
  if (incident !== null) return truncate(incident, LONGEST_LIST);
  const ours = deliveryReason(view, texts) ?? inventoryReason(view, texts);
  if (ours !== null) return truncate(ours, LONGEST_TEXT);
  const told = [view.evidence.description, view.evidence.summary, view.evidence.reason].find(isText);
  return told === undefined ? null : inline(told, LONGEST_TEXT);
}

function holdReason(reason: string, evidence: AlertView['evidence'], texts: Texts): string | null {
  const { details } = texts;
  const product = id(evidence.product_id);
  const burst = {
    product,
    count: number(evidence.count),
    seconds: number(evidence.window_seconds),
    trigger: id(evidence.trigger_order_id),
  };
  switch (reason) {
    case 'FUL-FRAUD-USER':
      return details.userBurst({ ...burst, user: id(evidence.user_id) });
    case 'FUL-FRAUD-PROD':
      return details.productBurst(burst);
    case 'FUL-INV':
      return details.shortage({
        product,
        quantity: number(evidence.quantity),
        available: number(evidence.available),
      });
    case 'EXTERNAL':
      return details.external(isText(evidence.reason_code) ? id(evidence.reason_code) : null);
    case 'FUL-VALID':
      return details.invalid(problemsOf(evidence.problems, texts));
    default:
      return null;
  }
}

function problemsOf(problems: unknown, texts: Texts): string[] {
  const listed = Array.isArray(problems) ? problems.filter(isText) : [];
  const shown = listed.slice(0, MOST_PROBLEMS).map((problem) => problemInWords(problem, texts));
  return listed.length > shown.length ? [...shown, texts.more(listed.length - shown.length)] : shown;
}

/** What `domain/holds/validation.ts` wrote down, in the reader's language; anything else as it is. */
function problemInWords(problem: string, { addressProblems }: Texts): string {
  if (problem === 'user_id is missing') return addressProblems.userMissing;
  if (problem === 'shipping_address is missing') return addressProblems.addressMissing;
  const short = /^shipping_address is shorter than (\d{1,4}) characters$/u.exec(problem)?.[1];
  if (short !== undefined) return addressProblems.addressShort(short);
  const word = /^shipping_address contains the placeholder (\S+)$/u.exec(problem)?.[1];
  return word === undefined ? inline(problem, ID) : addressProblems.placeholder(code(word, ID));
}

function isText(value: unknown): value is string {
  return typeof value === 'string' && value.trim() !== '';
}

function id(value: unknown): string {
  return code(isText(value) ? value : '', ID);
}

function number(value: unknown): string {
  return typeof value === 'number' ? String(value) : '?';
}
