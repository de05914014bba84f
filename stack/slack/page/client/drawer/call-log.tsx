import type { StandinState } from '../../../standin-types.ts';
import { timeOf } from '../dates.ts';
import { inSequence } from '../sequence.ts';

const shownCalls = 100;

/** The last calls of the Web API, newest first. */
export function CallLog({ standin }: { standin: StandinState }) {
  const nameOf = (id: string) => standin.channels.find((channel) => channel.id === id)?.name ?? id;
  if (standin.calls.length === 0) return <p className="hint">The app has not called anything yet.</p>;
  return (
    <table className="calls" data-testid="calls">
      <tbody>
        {inSequence(standin.calls.slice(-shownCalls).reverse(), (call) => (
          <tr className={call.outcome === 'ok' ? undefined : 'call-bad'}>
            <td className="call-time" title={call.at}>
              {timeOf(Date.parse(call.at))}
            </td>
            <td>{call.method}</td>
            <td>{call.channel === undefined ? '' : `#${nameOf(call.channel)}`}</td>
            <td className="call-outcome">{call.outcome}</td>
          </tr>
        ))}
      </tbody>
    </table>
  );
}
