import { describe, expect, it } from 'vitest';
import type { StandinMessage, StandinState } from '../../standin-types.ts';
import { addresses, channelMessages, threadMessages, threadSummaries, unreadOf } from './selectors.ts';
import { initialState, type PageAction, type PageState, reduce } from './state.ts';

function message(ts: string, more: Partial<StandinMessage> = {}): StandinMessage {
  return { channel: 'C0A', ts, user: 'U0BOT', text: ts, mentions: [], ...more };
}

function standinWith(...messages: StandinMessage[]): StandinState {
  return {
    team: { id: 'T0', name: 'Team' },
    app: { bot_user_id: 'U0BOT', name: 'App' },
    users: [
      { id: 'U0BOT', name: 'app', real_name: 'App', is_bot: true },
      { id: 'U0KIM', name: 'kim', real_name: 'Kim', is_bot: false },
      { id: 'U0LEE', name: 'lee', real_name: 'Lee', is_bot: false },
    ],
    user_groups: [{ id: 'S0OPS', handle: 'ops', name: 'Ops', users: ['U0KIM'] }],
    channels: [
      { id: 'C0A', name: 'a', is_archived: false },
      { id: 'C0B', name: 'b', is_archived: false },
    ],
    messages,
    views: [],
    homes: {},
    faults: [],
    calls: [],
  };
}

function stateAfter(...actions: PageAction[]): PageState {
  return actions.reduce(reduce, initialState(null, null));
}

function received(...messages: StandinMessage[]): PageAction {
  return { type: 'received', standin: standinWith(...messages) };
}

const timestamps = (messages: StandinMessage[]) => messages.map(({ ts }) => ts);

describe('what is received', () => {
  it('puts the first person into the first channel', () => {
    const state = stateAfter(received());
    expect(state).toMatchObject({
      actingAs: 'U0KIM',
      place: { kind: 'channel', id: 'C0A' },
      connection: 'live',
    });
  });

  it('keeps person and channel while they exist', () => {
    const state = [received(), received()].reduce(
      reduce,
      initialState('U0LEE', { kind: 'channel', id: 'C0B' }),
    );
    expect(state).toMatchObject({ actingAs: 'U0LEE', place: { kind: 'channel', id: 'C0B' } });
    const moved = reduce(initialState('U0GONE', { kind: 'channel', id: 'C0GONE' }), received());
    expect(moved).toMatchObject({ actingAs: 'U0KIM', place: { kind: 'channel', id: 'C0A' } });
  });

  it('keeps a thread open until its last message is gone', () => {
    const open: PageAction = { type: 'open-thread', channel: 'C0A', ts: '1' };
    const reply = message('2', { thread_ts: '1' });
    expect(stateAfter(received(message('1'), reply), open, received(reply)).thread).toEqual({
      channel: 'C0A',
      ts: '1',
    });
    expect(stateAfter(received(message('1'), reply), open, received()).thread).toBeNull();
  });
});

describe('unread', () => {
  const old = message('1', { channel: 'C0B' });
  const fresh = message('2', { channel: 'C0B', mentions: ['<!subteam^S0OPS>'] });

  it('is what came to another channel since the page was opened', () => {
    expect(unreadOf(stateAfter(received(old)), 'C0B')).toEqual({ unread: false, mentions: 0 });
    expect(unreadOf(stateAfter(received(old), received(old, fresh)), 'C0B')).toEqual({
      unread: true,
      mentions: 1,
    });
  });

  it('ends when the channel is looked at, and does not begin there', () => {
    const looking: PageAction = { type: 'go', place: { kind: 'channel', id: 'C0B' } };
    const seen = stateAfter(received(old), received(old, fresh), looking);
    expect(unreadOf(seen, 'C0B').unread).toBe(false);
    expect(unreadOf(reduce(seen, received(old, fresh, message('3', { channel: 'C0B' }))), 'C0B').unread).toBe(
      false,
    );
  });

  it('counts neither own messages, nor replies, nor what others alone see', () => {
    const none = [
      message('3', { channel: 'C0B', user: 'U0KIM' }),
      message('4', { channel: 'C0B', thread_ts: '1' }),
      message('5', { channel: 'C0B', ephemeral_to: 'U0LEE' }),
    ];
    expect(unreadOf(stateAfter(received(old), received(old, ...none)), 'C0B').unread).toBe(false);
  });

  it('knows who is addressed', () => {
    const state = stateAfter(received());
    const mentions = (mention: string) => addresses(state, message('1', { mentions: [mention] }));
    expect(mentions('<@U0KIM>')).toBe(true);
    expect(mentions('<!channel>')).toBe(true);
    expect(mentions('<@U0LEE>')).toBe(false);
    const lee = reduce(state, { type: 'act-as', user: 'U0LEE' });
    expect(addresses(lee, message('1', { mentions: ['<!subteam^S0OPS>'] }))).toBe(false);
  });
});

describe('messages', () => {
  const messages = [
    message('1'),
    message('2', { thread_ts: '1' }),
    message('3', { thread_ts: '1', user: 'U0KIM', reply_broadcast: true }),
    message('4', { ephemeral_to: 'U0KIM' }),
    message('5', { ephemeral_to: 'U0LEE' }),
    message('6', { channel: 'C0B' }),
  ];

  it('of a channel are those the person may see, without replies', () => {
    expect(timestamps(channelMessages(stateAfter(received(...messages)), 'C0A'))).toEqual(['1', '3', '4']);
  });

  it('of a thread are separate from its first one', () => {
    const { root, replies } = threadMessages(stateAfter(received(...messages)), 'C0A', '1');
    expect(root?.ts).toBe('1');
    expect(timestamps(replies)).toEqual(['2', '3']);
    expect(threadMessages(stateAfter(received(...messages.slice(1))), 'C0A', '1').root).toBeNull();
  });

  it('are counted per thread', () => {
    expect(threadSummaries(messages, 'C0A')).toEqual(
      new Map([['1', { count: 2, last: '3', users: ['U0BOT', 'U0KIM'] }]]),
    );
  });

  it('that are ephemeral can be dismissed', () => {
    const state = stateAfter(received(...messages), { type: 'dismiss', ts: '4' });
    expect(timestamps(channelMessages(state, 'C0A'))).toEqual(['1', '3']);
  });
});

it('forgets how a delivery ended when it goes well, or somebody else acts', () => {
  const failed = stateAfter({ type: 'delivery', key: 'k', note: 'dispatch_failed' });
  expect(failed.deliveries).toEqual({ k: 'dispatch_failed' });
  expect(reduce(failed, { type: 'delivery', key: 'k', note: null }).deliveries).toEqual({});
  expect(reduce(failed, { type: 'act-as', user: 'U0LEE' }).deliveries).toEqual({});
});
