import type { ConfirmationDialog } from '@slack/types';
import { useEffect, useRef, useState } from 'react';
import { TextObject } from '../mrkdwn-view.tsx';

type Pending = { readonly run: () => void };

/** Asks before an action is sent, where the element has a `confirm`; returns the question to render. */
export function useConfirm(confirm: ConfirmationDialog | undefined) {
  const [pending, setPending] = useState<Pending | null>(null);
  return {
    ask(run: () => void): void {
      if (confirm === undefined) run();
      else setPending({ run });
    },
    question:
      confirm === undefined || pending === null ? null : (
        <ConfirmQuestion
          confirm={confirm}
          onAnswer={(yes) => {
            setPending(null);
            if (yes) pending.run();
          }}
        />
      ),
  };
}

function ConfirmQuestion({
  confirm,
  onAnswer,
}: {
  confirm: ConfirmationDialog;
  onAnswer: (yes: boolean) => void;
}) {
  const dialog = useRef<HTMLDialogElement>(null);
  const title = confirm.title ?? plain('Are you sure?');
  useEffect(() => dialog.current?.showModal(), []);
  return (
    <dialog
      ref={dialog}
      className="dialog dialog-confirm"
      aria-label={title.text}
      data-testid="confirm"
      onCancel={(event) => {
        event.preventDefault();
        onAnswer(false);
      }}
    >
      <h2 className="dialog-title">
        <TextObject text={title} />
      </h2>
      <div className="dialog-body">
        <TextObject text={confirm.text} />
      </div>
      <div className="dialog-foot">
        <button type="button" className="button" data-testid="confirm-deny" onClick={() => onAnswer(false)}>
          <TextObject text={confirm.deny ?? plain('Cancel')} />
        </button>
        <button
          type="button"
          className={`button button-filled button-${confirm.style ?? 'primary'}`}
          data-testid="confirm-yes"
          onClick={() => onAnswer(true)}
        >
          <TextObject text={confirm.confirm ?? plain('Yes')} />
        </button>
      </div>
    </dialog>
  );
}

function plain(text: string) {
  return { type: 'plain_text', text };
}
