import { expect, it } from 'vitest';
import { signature, signedRequest } from './sign.ts';

/** The example of https://docs.slack.dev/authentication/verifying-requests-from-slack */
const SECRET = '8f742231b10e8888abcd99yyyzzz85a5';
const TIMESTAMP = 1531420618;
const BODY =
  'token=xyzz0WbapA4vBCDEFasx0q6G&team_id=T1DC2JH3J&team_domain=testteamnow&channel_id=G8PSS9T3V' +
  '&channel_name=foobar&user_id=U2CERLKJA&user_name=roadrunner&command=%2Fwebhook-collect&text=' +
  '&response_url=https%3A%2F%2Fhooks.slack.com%2Fcommands%2FT1DC2JH3J%2F397700885554%2F96rGlfmibIGlgcZRskXaIFfN' +
  '&trigger_id=398738663015.47445629121.803a0bc887a14d10d2c447fce8b6703c';
const SIGNATURE = 'v0=a2114d57b48eac39b9ad189dd8316235a7b4a8d21a10bd27519666489c69b503';

it('signs the example of the documentation as it says', () => {
  expect(signature(SECRET, TIMESTAMP, BODY)).toBe(SIGNATURE);
});

it('makes a request that carries the signature', () => {
  expect(signedRequest(BODY, { secret: SECRET, timestamp: TIMESTAMP })).toEqual({
    method: 'POST',
    headers: {
      'content-type': 'application/x-www-form-urlencoded',
      'x-slack-request-timestamp': '1531420618',
      'x-slack-signature': SIGNATURE,
    },
    body: BODY,
  });
});

it.each([
  ['another secret', () => signature('other', TIMESTAMP, BODY)],
  ['another second', () => signature(SECRET, TIMESTAMP + 1, BODY)],
  ['another body', () => signature(SECRET, TIMESTAMP, `${BODY} `)],
])('%s makes another signature', (_what, sign) => {
  expect(sign()).not.toBe(SIGNATURE);
});

it('knows events by their brace', () => {
  expect(signedRequest('{"type":"event_callback"}', { secret: SECRET }).headers['content-type']).toBe(
    'application/json',
  );
});
