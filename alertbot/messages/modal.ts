import type { AnyBlock, ModalView } from '@slack/types';
import { type AlertView, type GroupView, isGroup } from './alert-view.ts';
import { plain } from './blocks.ts';
import { fitBlocks } from './fit-message.ts';
import { LIMITS } from './limits.ts';
import { type AlertTarget, type GroupTarget, isAlertTarget, isGroupTarget, parseObject } from './targets.ts';

/** The message from which a modal was opened; null when it was opened by a command or from App Home. */
export interface ModalOrigin {
  channel: string | null;
  ts: string | null;
}

/** What a modal is about: alerts as of a version, or the message of a group. */
export type ModalTarget = { alerts: readonly AlertTarget[] } | GroupTarget;

/** `private_metadata` of a modal, as JSON. */
export type ModalMetadata = ModalTarget & ModalOrigin & { page?: number };

export function modalTarget(subject: AlertView | GroupView): ModalTarget {
  return isGroup(subject)
    ? { m: subject.messageId }
    : { alerts: [{ a: subject.alertId, v: subject.version }] };
}

export function modal(parts: {
  callbackId: string;
  title: string;
  /** Absent: there is nothing to submit. */
  submit?: string;
  close: string;
  metadata: ModalMetadata;
  blocks: AnyBlock[];
}): ModalView {
  return {
    type: 'modal',
    callback_id: parts.callbackId,
    title: plain(parts.title, LIMITS.modalTitle),
    ...(parts.submit !== undefined && { submit: plain(parts.submit, LIMITS.modalButton) }),
    close: plain(parts.close, LIMITS.modalButton),
    private_metadata: JSON.stringify(parts.metadata),
    blocks: fitBlocks(parts.blocks),
  };
}

/** Reads `private_metadata` back; null when it is not ours. */
export function readModalMetadata(text: string): ModalMetadata | null {
  const parsed = parseObject(text);
  if (parsed === null) return null;
  const { alerts, channel = null, ts = null, page } = parsed;
  const origin = { channel: textOrNull(channel), ts: textOrNull(ts) };
  if (isGroupTarget(parsed)) return { m: parsed.m, ...origin, ...(typeof page === 'number' && { page }) };
  const targets = Array.isArray(alerts) ? alerts.filter(isAlertTarget) : [];
  return targets.length === 0 ? null : { alerts: targets, ...origin };
}

function textOrNull(value: unknown): string | null {
  return typeof value === 'string' ? value : null;
}
