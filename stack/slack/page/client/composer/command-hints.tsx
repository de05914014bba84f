import { useAppName } from '../context.ts';

/** What the app is told in Slack's own settings of it; `help` says the rest. */
const commands = [
  { text: '/holdfast list', more: '[critical | warning | mine]', explanation: 'unresolved alerts' },
  { text: '/holdfast show', more: '12', explanation: 'an alert and its history' },
  { text: '/holdfast ack', more: '12 [note]', explanation: 'acknowledge it' },
  { text: '/holdfast resolve', more: '12 [release | cancel] [note]', explanation: 'resolve it' },
  { text: '/holdfast retry', more: '12', explanation: 'process it again' },
  { text: '/holdfast snooze', more: '12 30m', explanation: 'no reminders for so long' },
  { text: '/holdfast help', more: '', explanation: 'everything it understands' },
];

/** The list above the composer while a slash command is typed. */
export function CommandHints({ typed, onChoose }: { typed: string; onChoose: (command: string) => void }) {
  const app = useAppName();
  const fitting = commands.filter(({ text }) => text.startsWith(typed.trimEnd()));
  if (!typed.startsWith('/') || fitting.length === 0) return null;
  return (
    <div className="hints" data-testid="command-hints">
      <div className="hints-title">{app}</div>
      {fitting.map(({ text, more, explanation }) => (
        <button
          key={text}
          type="button"
          className="menu-item hint-row"
          onClick={() => onChoose(more === '' ? text : `${text} `)}
        >
          <span>
            <strong>{text}</strong> <span className="hint-more">{more}</span>
          </span>
          <span className="hint-more">{explanation}</span>
        </button>
      ))}
    </div>
  );
}
