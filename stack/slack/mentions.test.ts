import { expect, it } from 'vitest';
import { mentionsOf } from './mentions.ts';

const inSection = (text: string, more: object = {}) => ({
  text: '',
  blocks: [{ type: 'section', text: { type: 'mrkdwn', text, ...more } }],
});

it.each([
  ['a user', '<@U0KIM> look', ['<@U0KIM>']],
  ['a label', '<@U0KIM|minji> <!here|here>', ['<@U0KIM>', '<!here>']],
  ['a user group', '<!subteam^S0OPS|@ops>', ['<!subteam^S0OPS>']],
  ['everybody', '<!channel> <!everyone> <!group>', ['<!channel>', '<!everyone>', '<!group>']],
  ['twice the same', '<@U0KIM> <@U0KIM>', ['<@U0KIM>']],
  ['nobody that exists', '<@U999>', ['<@U999>']],
  ['one inside a link', '<https://x.example|<@U0KIM>>', ['<@U0KIM>']],
  ['an escaped one', '&lt;@U0KIM&gt; &lt;!channel&gt;', []],
  ['a channel or a date', '<#C0SRE> <!date^1^{date}|x>', []],
  ['a plain name', '@here @channel ops@here.example', []],
])('finds %s in a text', (_what, text, expected) => {
  expect(mentionsOf({ text })).toEqual(expected);
});

it('finds plain names where a message asks for it, and in mrkdwn that is not verbatim', () => {
  expect(mentionsOf({ text: '@here, a@channel' }, true)).toEqual(['<!here>']);
  expect(mentionsOf(inSection('@channel!'))).toEqual(['<!channel>']);
  expect(mentionsOf(inSection('@channel!', { verbatim: true }))).toEqual([]);
  expect(mentionsOf(inSection('<!channel>', { verbatim: true }))).toEqual(['<!channel>']);
});

it('finds none in plain text, and all in fields, attachments, rich text and tables', () => {
  const plain = { type: 'plain_text', text: '<@U0PLAIN> @here' };
  const mrkdwn = (text: string) => ({ type: 'mrkdwn', text });
  expect(
    mentionsOf({
      text: 'x',
      blocks: [
        { type: 'header', text: plain },
        { type: 'section', fields: [mrkdwn('<@U1>'), plain] },
        { type: 'context', elements: [mrkdwn('<@U2>')] },
        { type: 'rich_text', elements: [{ elements: [{ type: 'usergroup', usergroup_id: 'S3' }] }] },
        { type: 'table', rows: [[{ type: 'rich_text', elements: [{ type: 'user', user_id: 'U4' }] }]] },
        { type: 'rich_text', elements: [{ elements: [{ type: 'broadcast', range: 'here' }] }] },
      ],
      attachments: [
        { text: '<@U5>', fallback: '<@U0FALLBACK>', fields: [{ title: 'x', value: '<@U6>' }] },
        { blocks: [{ type: 'section', text: mrkdwn('<@U7>') }] },
      ],
    }),
  ).toEqual(['<@U1>', '<@U2>', '<!subteam^S3>', '<@U4>', '<!here>', '<@U5>', '<@U6>', '<@U7>']);
});
