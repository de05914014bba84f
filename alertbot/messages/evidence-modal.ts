import type { AnyBlock, ModalView } from '@slack/types';
import type { Texts } from '../texts/texts.ts';
import { textsOf } from '../texts/texts-of.ts';
import type { AlertView, MessageSettings } from './alert-view.ts';
import { context, fieldSections, section } from './blocks.ts';
import { escapeEntities } from './escape.ts';
import { alertFacts, factFields } from './facts.ts';
import { headline } from './headline.ts';
import { LIMITS } from './limits.ts';
import { localTime } from './local-time.ts';
import { alertLook } from './look.ts';
import { type ModalOrigin, modal, modalTarget } from './modal.ts';
import { withoutPersonalData } from './personal-data.ts';
import { reasonText } from './reason-text.ts';

/** Of each text; a view takes 250,000 bytes, and nobody reads that much in a modal. */
const MOST_CHARACTERS = 30_000;
const FENCE = '```';

/** All that is known of an alert: facts, the evidence as JSON, and why a record was rejected. */
export function evidenceModal(alert: AlertView, origin: ModalOrigin, settings: MessageSettings): ModalView {
  const view = withoutPersonalData(alert, settings);
  const texts = textsOf(settings);
  const words = texts.evidenceModal;
  const reason = reasonText(view, texts);
  return modal({
    callbackId: 'evidence',
    title: words.title,
    close: words.close,
    metadata: { ...modalTarget(view), ...origin },
    blocks: [
      section(`${alertLook(view).mark} ${headline(view, texts)}`, 'evidence-head'),
      ...fieldSections(factFields(facts(view, settings, texts)), 'evidence-facts'),
      ...(reason === null ? [] : [section(`*${texts.labels.reason}*\n${reason}`, 'evidence-reason')]),
      ...(view.record === null
        ? []
        : textBlocks(words.errorText, view.record.errorText, 'evidence-error', texts)),
      ...textBlocks(words.evidence, JSON.stringify(view.evidence, null, 2), 'evidence-json', texts),
      ...(settings.showPersonalData ? [] : [context(words.masked, 'evidence-masked')]),
    ],
  });
}

function facts(view: AlertView, settings: MessageSettings, texts: Texts) {
  const { labels } = texts;
  return [
    { label: labels.alert, value: `#${view.alertId} · ${texts.kinds[view.kind]}` },
    { label: labels.opened, value: localTime(view.openedAt, settings.timeZone) },
    ...alertFacts(view, settings, texts),
  ];
}

/** A text as code, over as many sections as it takes, and a remark if it is not all of it. */
function textBlocks(title: string, text: string, blockId: string, texts: Texts): AnyBlock[] {
  const shown = beginning(text);
  const blocks: AnyBlock[] = codeChunks(escapeEntities(shown)).map((chunk, index) =>
    section(`${index === 0 ? `*${title}*\n` : ''}${FENCE}${chunk}${FENCE}`, `${blockId}-${index}`),
  );
  if (shown.length === text.length) return blocks;
  const remark = texts.evidenceModal.truncated(String(shown.length), String(text.length));
  return [...blocks, context(remark, `${blockId}-rest`)];
}

function beginning(text: string): string {
  const cut = text.slice(0, MOST_CHARACTERS);
  return /[\ud800-\udbff]$/.test(cut) && cut.length < text.length ? cut.slice(0, -1) : cut;
}

/** At most 80 characters of a line, or its end; entities stay whole. */
const PIECES = /(?:&(?:amp|lt|gt);|[^\n]){1,80}\n?|\n/gu;

/** The text in parts that fit into a section as code; a part ends with a line where it can. */
function codeChunks(escaped: string): string[] {
  const most = LIMITS.section - 200;
  const chunks: string[] = [];
  // Backticks could end the code; a look-alike cannot.
  for (const [piece] of escaped.replaceAll('`', 'ˋ').matchAll(PIECES)) {
    const last = chunks.at(-1);
    if (last !== undefined && last.length + piece.length <= most) chunks[chunks.length - 1] = last + piece;
    else chunks.push(piece);
  }
  return chunks;
}
