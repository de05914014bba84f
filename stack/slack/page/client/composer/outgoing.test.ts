import { expect, it } from 'vitest';
import { outgoingText, slashCommand } from './outgoing.ts';

const directory = {
  users: [{ id: 'U0KIM', name: 'kim', real_name: '김민지', is_bot: false }],
  user_groups: [{ id: 'S0OPS', handle: 'ops', name: 'Ops', users: [] }],
  channels: [{ id: 'C0SRE', name: 'sre', is_archived: false }],
};

it('escapes, so that nothing typed becomes a tag or a mention by accident', () => {
  expect(outgoingText('a < b && <!channel> &lt;', directory)).toBe(
    'a &lt; b &amp;&amp; &lt;!channel&gt; &amp;lt;',
  );
});

it('makes mentions of names it knows', () => {
  expect(outgoingText('@kim, @김민지 and @ops: see #sre. @here', directory)).toBe(
    '<@U0KIM>, <@U0KIM> and <!subteam^S0OPS>: see <#C0SRE>. <!here>',
  );
  expect(outgoingText('@nobody o@kim #1', directory)).toBe('@nobody o@kim #1');
});

it('tells a command from a message', () => {
  expect(slashCommand('/holdfast')).toEqual({ command: '/holdfast', text: '' });
  expect(slashCommand('  /holdfast order A-1 now ')).toEqual({ command: '/holdfast', text: 'order A-1 now' });
  expect(slashCommand('a /holdfast')).toBeNull();
  expect(slashCommand('/Users/kim')).toBeNull();
});
