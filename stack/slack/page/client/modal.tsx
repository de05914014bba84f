import { type FormEvent, useEffect, useRef, useState } from 'react';
import type { OpenView, StandinView } from '../../standin-types.ts';
import { api } from './api.ts';
import { Avatar } from './avatar.tsx';
import { BlockList } from './blocks/block-list.tsx';
import { useDirectory } from './context.ts';
import { Spinner } from './elements/delivery-note.tsx';
import { missingInputs, valuesOf } from './form-values.ts';
import { Icon } from './icons.tsx';
import { TextObject } from './mrkdwn-view.tsx';
import { SurfaceContext, useValues } from './surface.ts';

/** Open modals. Those below the one on top stay as they are, with what was typed into them. */
export function ModalStack({ views }: { views: readonly OpenView[] }) {
  return views.map(({ id, view }, index) => (
    <Modal key={id} view={view} onTop={index === views.length - 1} />
  ));
}

function Modal({ view, onTop }: { view: StandinView; onTop: boolean }) {
  const dialog = useRef<HTMLDialogElement>(null);
  const { app, users } = useDirectory();
  const form = useModal(view);
  const bot = users.find((user) => user.id === app.bot_user_id);
  const titleId = `title-${view.id}`;

  // Every open modal is a dialog of its own: the browser then keeps focus and Tab inside of the one on top.
  useEffect(() => {
    dialog.current?.showModal();
    focusFirstInput(dialog.current);
  }, []);

  return (
    <dialog
      ref={dialog}
      className={onTop ? 'dialog dialog-modal' : 'dialog dialog-modal dialog-below'}
      aria-modal="true"
      aria-labelledby={titleId}
      data-testid={onTop ? 'modal' : 'modal-below'}
      data-view-id={view.id}
      data-callback-id={view.callback_id}
      onCancel={(event) => {
        event.preventDefault();
        form.close();
      }}
    >
      <form className="modal-form" noValidate onSubmit={form.submit}>
        <header className="modal-head">
          {bot === undefined ? null : <Avatar user={bot} size="medium" />}
          <h2 id={titleId} className="dialog-title" data-testid="modal-title">
            {view.title === undefined ? null : <TextObject text={view.title} />}
          </h2>
          <button type="button" className="icon-button" aria-label="Close" onClick={form.close}>
            <Icon name="close" />
          </button>
        </header>
        <div className="dialog-body modal-body">
          {form.problem === null ? null : (
            <p className="modal-problem" role="alert" data-testid="modal-problem">
              <Icon name="warning" />
              {form.problem}
            </p>
          )}
          <SurfaceContext value={form.surface}>
            <BlockList blocks={view.blocks} />
          </SurfaceContext>
        </div>
        <footer className="dialog-foot">
          <button type="button" className="button" data-testid="modal-close" onClick={form.close}>
            {view.close ? <TextObject text={view.close} /> : view.submit ? 'Cancel' : 'Close'}
          </button>
          {view.submit ? (
            <button
              type="submit"
              className="button button-filled button-primary"
              disabled={form.pending}
              aria-busy={form.pending}
              data-testid="modal-submit"
            >
              {form.pending ? <Spinner /> : null}
              <span className={form.pending ? 'button-text-pending' : undefined}>
                <TextObject text={view.submit} />
              </span>
            </button>
          ) : null}
        </footer>
      </form>
    </dialog>
  );
}

function useModal(view: StandinView) {
  const { actingAs } = useDirectory();
  const { values: touched, setValue } = useValues({});
  const [errors, setErrors] = useState<Record<string, string>>({});
  const [problem, setProblem] = useState<string | null>(null);
  const [pending, setPending] = useState(false);
  const values = valuesOf(view.blocks, touched, view.state.values);

  async function send(user: string): Promise<void> {
    setPending(true);
    setProblem(null);
    try {
      const answer = await api.submit({ user_id: user, view_id: view.id, values });
      setErrors(answer.errors ?? {});
      if (!answer.delivered) setProblem(`We had some trouble connecting. Try again? (${answer.error})`);
    } catch (error) {
      setProblem(error instanceof Error ? error.message : String(error));
    } finally {
      setPending(false);
    }
  }

  return {
    errors,
    problem,
    pending,
    surface: { target: { view_id: view.id }, values, setValue, errors },
    submit(event: FormEvent): void {
      event.preventDefault();
      if (pending || actingAs === null) return;
      const missing = missingInputs(view.blocks, values);
      setErrors(missing);
      if (Object.keys(missing).length === 0) void send(actingAs);
    },
    close(): void {
      if (actingAs === null) return;
      api.close(actingAs, view.id).catch((error: Error) => setProblem(error.message));
    },
  };
}

function focusFirstInput(dialog: HTMLDialogElement | null): void {
  const inputs = '.modal-body :is(input, textarea, select):not(:disabled)';
  dialog?.querySelector<HTMLElement>(inputs)?.focus();
}
