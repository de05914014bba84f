import { describe, expect, it } from 'vitest';
import { signedRequest } from '../../stack/slack/deliver/sign.ts';
import { checkSlackSignature } from './slack-signature.ts';

/** The example of Slack's own documentation, "Verifying requests from Slack". */
const PUBLISHED = {
  secret: '8f742231b10e8888abcd99yyyzzz85a5',
  timestamp: '1531420618',
  signature: 'v0=a2114d57b48eac39b9ad189dd8316235a7b4a8d21a10bd27519666489c69b503',
  body: 'token=xyzz0WbapA4vBCDEFasx0q6G&team_id=T1DC2JH3J&team_domain=testteamnow&channel_id=G8PSS9T3V&channel_name=foobar&user_id=U2CERLKJA&user_name=roadrunner&command=%2Fwebhook-collect&text=&response_url=https%3A%2F%2Fhooks.slack.com%2Fcommands%2FT1DC2JH3J%2F397700885554%2F96rGlfmibIGlgcZRskXaIFfN&trigger_id=398738663015.47445629121.803a0bc887a14d10d2c447fce8b6703c',
};
const SIGNED_AT_MS = Number(PUBLISHED.timestamp) * 1000;

interface Changes {
  signature?: string[];
  timestamp?: string[];
  body?: string;
  secret?: string;
  nowMs?: number;
}

function check(changes: Changes = {}) {
  return checkSlackSignature(
    {
      'x-slack-signature': changes.signature ?? [PUBLISHED.signature],
      'x-slack-request-timestamp': changes.timestamp ?? [PUBLISHED.timestamp],
    },
    Buffer.from(changes.body ?? PUBLISHED.body),
    changes.secret ?? PUBLISHED.secret,
    changes.nowMs ?? SIGNED_AT_MS,
  );
}

const GENUINE = { signature: PUBLISHED.signature };
const refused = (part: RegExp) => ({ problem: expect.stringMatching(part) });

it("takes Slack's published example", () => {
  expect(check()).toEqual(GENUINE);
});

it.each([-300, -299, 0, 299, 300])('takes it %d s from its own time', (seconds) => {
  expect(check({ nowMs: SIGNED_AT_MS + seconds * 1000 })).toEqual(GENUINE);
});

it.each([
  [301, /301 s old/],
  [3600, /3600 s old/],
  [-301, /301 s ahead/],
  [-86_400, /86400 s ahead/],
])('refuses it %d s from its own time', (seconds, problem) => {
  expect(check({ nowMs: SIGNED_AT_MS + seconds * 1000 })).toEqual(refused(problem));
});

describe('refuses', () => {
  it.each<[string, Changes, RegExp]>([
    ['another body', { body: `${PUBLISHED.body} ` }, /does not fit/],
    ['another secret', { secret: `${PUBLISHED.secret}x` }, /does not fit/],
    ['another time', { timestamp: ['1531420619'] }, /does not fit/],
    ['no signature', { signature: [] }, /Signature/],
    ['two signatures', { signature: [PUBLISHED.signature, PUBLISHED.signature] }, /Signature/],
    ['two in one header', { signature: [`${PUBLISHED.signature}, ${PUBLISHED.signature}`] }, /Signature/],
    ['another version', { signature: [PUBLISHED.signature.replace('v0', 'v1')] }, /Signature/],
    ['a signature in capitals', { signature: [PUBLISHED.signature.toUpperCase()] }, /Signature/],
    ['half a signature', { signature: [PUBLISHED.signature.slice(0, 40)] }, /Signature/],
    ['no time', { timestamp: [] }, /Timestamp/],
    ['two times', { timestamp: [PUBLISHED.timestamp, PUBLISHED.timestamp] }, /Timestamp/],
    ['a time with a fraction', { timestamp: ['1531420618.0'] }, /Timestamp/],
    ['a time in another notation', { timestamp: ['1.531420618e9'] }, /Timestamp/],
    ['a time that is none', { timestamp: ['now'] }, /Timestamp/],
    ['a negative time', { timestamp: ['-1531420618'] }, /Timestamp/],
  ])('%s', (_name, changes, problem) => {
    expect(check(changes)).toEqual(refused(problem));
  });
});

it('signs bytes, not text', () => {
  const body = 'text=%ED%95%9C\u00e9한글';
  const { headers } = signedRequest(body, { secret: 's', timestamp: 1_531_420_618 });
  const asReceived = Object.fromEntries(Object.entries(headers).map(([name, value]) => [name, [value]]));
  const check = (bytes: Buffer) => checkSlackSignature(asReceived, bytes, 's', SIGNED_AT_MS);
  expect(check(Buffer.from(body, 'utf8'))).toHaveProperty('signature');
  expect(check(Buffer.from(body, 'latin1'))).toHaveProperty('problem');
});
