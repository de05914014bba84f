import { expect, it } from 'vitest';
import { signedHeaders, webhookIdOf } from './signature.ts';

it('signs as the specification does', () => {
  const key = Buffer.from('MfKQ9r8GKYqrTwjUPD8ILPZIo2LaLaSw', 'base64');
  const body = '{"test": 2432232314}';
  // The example of the specification's libraries.
  expect(signedHeaders('msg_p5jXN8AQM9LWM0D4loKWxJek', 1_614_265_330, body, [key])).toEqual({
    'webhook-id': 'msg_p5jXN8AQM9LWM0D4loKWxJek',
    'webhook-timestamp': '1614265330',
    'webhook-signature': 'v1,g0hM9SsE+OTPJTGt/tmIKtSyZlE3uFJELVlNIOLJ1OE=',
  });
});

it('signs with every key, and with none where there is none', () => {
  const keys = [Buffer.alloc(24, 1), Buffer.alloc(24, 2)];
  const { 'webhook-signature': signature = '' } = signedHeaders('m', 1, '', keys);
  expect(signature.split(' ')).toHaveLength(2);
  expect(signedHeaders('m', 1, '', [])).not.toHaveProperty('webhook-signature');
});

it('names the same webhook the same, without a dot, and another one otherwise', () => {
  expect(webhookIdOf('a/b.c')).toBe(webhookIdOf('a/b.c'));
  expect(webhookIdOf('a/b.c')).toMatch(/^msg_[0-9a-f]{32}$/);
  expect(webhookIdOf('a')).not.toBe(webhookIdOf('b'));
});
