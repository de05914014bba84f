import { type KeyboardEvent, useRef, useState } from 'react';
import { api } from '../api.ts';
import { useDirectory } from '../context.ts';
import { Icon } from '../icons.tsx';
import { useAttempt } from '../use-attempt.ts';
import { CommandHints } from './command-hints.tsx';
import { outgoingText, slashCommand } from './outgoing.ts';

type Props = {
  readonly channel: string;
  readonly placeholder: string;
  readonly threadTs: string | undefined;
};

/** Sends messages of the person, and slash commands. */
export function Composer({ channel, placeholder, threadTs }: Props) {
  const directory = useDirectory();
  const [typed, setTyped] = useState('');
  const { attempt, problem } = useAttempt();
  const input = useRef<HTMLTextAreaElement>(null);
  const empty = typed.trim() === '';

  async function request(user: string): Promise<void> {
    const command = slashCommand(typed);
    if (command === null) {
      const thread = threadTs === undefined ? {} : { thread_ts: threadTs };
      await api.post({ user_id: user, channel, text: outgoingText(typed.trim(), directory), ...thread });
      return;
    }
    if (threadTs !== undefined) throw new Error(`${command.command} is not supported in threads. Sorry!`);
    const delivery = await api.command({ user_id: user, channel, ...command });
    if (!delivery.delivered) throw new Error(`${command.command} failed with the error "${delivery.error}"`);
  }

  async function send(): Promise<void> {
    const user = directory.actingAs;
    if (empty || user === null) return;
    const sent = typed;
    setTyped('');
    // What could not be sent comes back, unless something else has been typed meanwhile.
    if (!(await attempt(() => request(user)))) setTyped((now) => (now === '' ? sent : now));
  }

  function sendOnEnter(event: KeyboardEvent): void {
    // While Korean is composed, Enter ends the syllable.
    if (event.key !== 'Enter' || event.shiftKey || event.nativeEvent.isComposing) return;
    event.preventDefault();
    void send();
  }

  return (
    <div className="composer-frame">
      {problem === null ? null : (
        <p className="problem" role="alert" data-testid="composer-problem">
          <Icon name="warning" />
          {problem}
        </p>
      )}
      <CommandHints
        typed={typed}
        onChoose={(command) => {
          setTyped(command);
          input.current?.focus();
        }}
      />
      <div className="composer">
        <textarea
          ref={input}
          rows={1}
          value={typed}
          placeholder={placeholder}
          aria-label={placeholder}
          data-testid={threadTs === undefined ? 'composer' : 'thread-composer'}
          onChange={(event) => setTyped(event.target.value)}
          onKeyDown={sendOnEnter}
        />
        <button
          type="button"
          className="send"
          aria-label="Send"
          disabled={empty}
          data-testid="send"
          onClick={() => void send()}
        >
          <Icon name="send" />
        </button>
      </div>
    </div>
  );
}
