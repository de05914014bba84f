import { expect, test } from 'vitest';
import { FRONTEND_TYPES, frontendMessage, queryMessage, syncMessage } from './frontend-messages.ts';
import { StatementNames } from './statement-names.ts';

const message = (type: number, body: string) => frontendMessage(type, Buffer.from(body));

function rewrite(messages: Buffer[]): Buffer {
  return Buffer.concat(new StatementNames('c7:').rewrite(messages));
}

test.each([
  ['Parse', FRONTEND_TYPES.parse, 'find\0select $1\0\0\0', 'c7:find\0select $1\0\0\0'],
  ['Bind', FRONTEND_TYPES.bind, 'portal\0find\0\0\0\0\0', 'portal\0c7:find\0\0\0\0\0'],
  ['Bind to the unnamed portal', FRONTEND_TYPES.bind, '\0find\0\0\0', '\0c7:find\0\0\0'],
  ['Describe of a statement', FRONTEND_TYPES.describe, 'Sfind\0', 'Sc7:find\0'],
  ['Close of a statement', FRONTEND_TYPES.close, 'Sfind\0', 'Sc7:find\0'],
  ['a name beyond ASCII', FRONTEND_TYPES.parse, '주문\0select 1\0\0\0', 'c7:주문\0select 1\0\0\0'],
])('prefixes the name in %s and corrects the length', (_, type, before, after) => {
  expect(rewrite([message(type, before)])).toEqual(message(type, after));
});

test.each([
  ['the unnamed statement', message(FRONTEND_TYPES.parse, '\0select 1\0\0\0')],
  ['a Bind of the unnamed statement', message(FRONTEND_TYPES.bind, 'p\0\0\0\0\0')],
  ['a portal', message(FRONTEND_TYPES.describe, 'Pfind\0')],
  ['a query', queryMessage('select 1')],
  ['a Sync', syncMessage()],
  ['a truncated Bind', message(FRONTEND_TYPES.bind, 'portal')],
])('leaves %s as it is', (_, untouched) => {
  expect(rewrite([untouched])).toEqual(untouched);
});

test('knows what is left behind when the client goes', () => {
  const names = new StatementNames('c1:');
  names.rewrite([message(FRONTEND_TYPES.parse, 'a\0\0\0\0'), message(FRONTEND_TYPES.parse, 'b\0\0\0\0')]);
  names.rewrite([message(FRONTEND_TYPES.close, 'Sa\0')]);
  expect([...names.known]).toEqual(['c1:b']);
});

test('passes a large parameter on without a copy', () => {
  const bind = message(FRONTEND_TYPES.bind, `\0find\0${'x'.repeat(1_000_000)}`);
  const pieces = new StatementNames('c1:').rewrite([bind]);
  expect(pieces.at(-1)?.buffer).toBe(bind.buffer);
});
