import { expect, it } from 'vitest';
import { parseSlackBody } from './slack-body.ts';

const FORM = 'application/x-www-form-urlencoded';
const parse = (text: string, type: string | undefined = FORM) => parseSlackBody(Buffer.from(text), type);

it('reads interactions, commands and events', () => {
  expect(parse(`payload=${encodeURIComponent('{"type":"block_actions","a":"한 + &"}')}`)).toEqual({
    type: 'block_actions',
    a: '한 + &',
  });
  expect(parse('command=%2Fholdfast&text=ack+12', `${FORM}; charset=utf-8`)).toEqual({
    command: '/holdfast',
    text: 'ack 12',
  });
  expect(parse('{"type":"event_callback"}', 'application/json')).toEqual({ type: 'event_callback' });
});

it.each([
  ['payload=%7B', FORM],
  ['payload=null', FORM],
  ['payload=%5B1%5D', FORM],
  ['', 'application/json'],
  ['"text"', 'application/json'],
  ['a=b', undefined],
])('finds no object in %j', (text, type) => {
  expect(parseSlackBody(Buffer.from(text), type)).toBeNull();
});

it('takes a payload that is given twice for no payload', () => {
  expect(parse('payload=%7B%7D&payload=%7B%7D')).toEqual({ payload: ['{}', '{}'] });
});
