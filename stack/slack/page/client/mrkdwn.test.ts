import { describe, expect, it } from 'vitest';
import { type Inline, parseInline, parseMrkdwn } from './mrkdwn.ts';

function text(value: string): Inline {
  return { kind: 'text', text: value };
}

describe('parseInline', () => {
  it('reads bold, italic, strike and code, also within each other', () => {
    expect(parseInline('a *b _c_* ~d~ `*e*`')).toEqual([
      text('a '),
      { kind: 'bold', children: [text('b '), { kind: 'italic', children: [text('c')] }] },
      text(' '),
      { kind: 'strike', children: [text('d')] },
      text(' '),
      { kind: 'code', text: '*e*' },
    ]);
  });

  it('leaves marks inside words alone', () => {
    for (const plain of ['FUL_FRAUD_PROD', '2*3*4', 'a * b * c', 'user_id is_missing', '*', '**']) {
      expect(parseInline(plain)).toEqual([text(plain)]);
    }
  });

  it('reads marks beside punctuation', () => {
    expect(parseInline('(*x*), *y*.')).toEqual([
      text('('),
      { kind: 'bold', children: [text('x')] },
      text('), '),
      { kind: 'bold', children: [text('y')] },
      text('.'),
    ]);
  });

  it('reads links with and without label, and bare addresses', () => {
    expect(
      parseInline('<https://a.example/?x=1&amp;y=2|A &amp; B> <mailto:o@a.example> see https://b.example/c.'),
    ).toEqual([
      { kind: 'link', url: 'https://a.example/?x=1&y=2', label: 'A & B' },
      text(' '),
      { kind: 'link', url: 'mailto:o@a.example', label: 'o@a.example' },
      text(' see '),
      { kind: 'link', url: 'https://b.example/c', label: 'https://b.example/c' },
      text('.'),
    ]);
  });

  it('makes no link of another scheme', () => {
    expect(parseInline('<javascript:alert(1)|here>')).toEqual([text('<javascript:alert(1)|here>')]);
    expect(parseInline('<data:text/html,x>')).toEqual([text('<data:text/html,x>')]);
  });

  it('reads mentions', () => {
    expect(parseInline('<@U0KIM> <!subteam^S0OPS|@ops> <#C0SRE> <!channel> <!here|here>')).toEqual([
      { kind: 'user', id: 'U0KIM', label: null },
      text(' '),
      { kind: 'group', id: 'S0OPS', label: '@ops' },
      text(' '),
      { kind: 'channel', id: 'C0SRE', label: null },
      text(' '),
      { kind: 'broadcast', range: 'channel' },
      text(' '),
      { kind: 'broadcast', range: 'here' },
    ]);
  });

  it('takes escaped mentions and tags for text', () => {
    expect(parseInline('&lt;!channel&gt; &lt;script&gt;')).toEqual([text('<!channel> <script>')]);
    expect(parseInline('&amp;lt;!channel&amp;gt;')).toEqual([text('&lt;!channel&gt;')]);
    expect(parseInline('<script>alert(1)</script>')).toEqual([
      text('<script>'),
      text('alert(1)'),
      text('</script>'),
    ]);
  });

  it('reads dates, with link and fallback', () => {
    expect(parseInline('<!date^1700000000^{date} at {time}^https://a.example|then>')).toEqual([
      {
        kind: 'date',
        seconds: 1_700_000_000,
        format: '{date} at {time}',
        link: 'https://a.example',
        fallback: 'then',
      },
    ]);
    expect(parseInline('<!date^1700000000^{ago}>')).toEqual([
      { kind: 'date', seconds: 1_700_000_000, format: '{ago}', link: null, fallback: '' },
    ]);
  });

  it('reads emoji', () => {
    expect(parseInline(':red_circle: at 10:30')).toEqual([
      { kind: 'emoji', name: 'red_circle' },
      text(' at 10:30'),
    ]);
  });
});

describe('parseMrkdwn', () => {
  it('separates lines, quotes and fenced text', () => {
    expect(parseMrkdwn('one\ntwo\n> said *so*\n&gt; twice\n```\na < b &amp;&amp; *c*\n```\nend')).toEqual([
      { kind: 'lines', children: [text('one'), { kind: 'break' }, text('two')] },
      {
        kind: 'quote',
        children: [text('said '), { kind: 'bold', children: [text('so')] }, { kind: 'break' }, text('twice')],
      },
      { kind: 'pre', text: 'a < b && *c*' },
      { kind: 'lines', children: [text('end')] },
    ]);
  });

  it('takes a fence that is never closed for text', () => {
    expect(parseMrkdwn('a ``` b')).toEqual([{ kind: 'lines', children: [text('a ``` b')] }]);
  });

  it('shows links in code by their label', () => {
    expect(parseMrkdwn('```<https://a.example|a> <b>```')).toEqual([{ kind: 'pre', text: 'a <b>' }]);
  });
});
