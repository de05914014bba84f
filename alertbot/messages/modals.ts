export { evidenceModal } from './evidence-modal.ts';
export { type MembersPage, membersModal, PAGE_SIZE, pageCount } from './members-modal.ts';
export { type ModalMetadata, type ModalOrigin, type ModalTarget, readModalMetadata } from './modal.ts';
export {
  LONGEST_NOTE,
  type ResolveSubmission,
  readResolve,
  resolutionNote,
  resolveModal,
} from './resolve-modal.ts';
export { readSnooze, type SnoozeSubmission, snoozeModal } from './snooze-modal.ts';
export type { ViewValues } from './view-values.ts';
