import { Buffer } from 'node:buffer';
import { json, type PoisonClass, type PoisonContext, soundEvent, spoiled } from './poison-context.ts';

/** JSON that is well formed, or nearly, and must not be let in: too large, too deep, or text a database cannot hold. */
export const HOSTILE: readonly PoisonClass[] = [
  { class: 'nesting-bomb', expected: 'PARSE_ERROR', make: nestingBomb },
  { class: 'unclosed-bomb', expected: 'PARSE_ERROR', make: unclosedBomb },
  { class: 'over-size-limit', expected: 'PARSE_ERROR', weight: 0.1, make: tooLarge },
  { class: 'null-character', expected: 'PARSE_ERROR', weight: 2, make: nullCharacter },
  { class: 'lone-surrogate', expected: 'PARSE_ERROR', weight: 2, make: loneSurrogate },
];

/** Brackets are repeated once for each depth and kept: a bomb may be 100 KB. */
const DEPTHS = [200, 1_000, 10_000, 50_000];

function nestingBomb(context: PoisonContext): Buffer {
  const depth = context.rng.pick(DEPTHS);
  const [open, close] = context.rng.chance(0.5) ? ['[', ']'] : ['{"a":', '}'];
  const text = JSON.stringify({ ...soundEvent(context), extra: '@@' });
  return Buffer.from(text.replace('"@@"', `${open.repeat(depth)}1${close.repeat(depth)}`));
}

function unclosedBomb({ rng }: PoisonContext): Buffer {
  return Buffer.from(rng.pick(['[', '{"a":', '[{"a":']).repeat(rng.pick(DEPTHS)));
}

/** A sound event made one to 64 bytes too large by blanks, which compress well: a broker takes it in a gzip batch. */
function tooLarge(context: PoisonContext): Buffer {
  const event = json(soundEvent(context));
  const value = Buffer.alloc(context.maxBytes + context.rng.int(1, 64), ' ');
  event.copy(value);
  return value;
}

const MEMBERS = ['product_name', 'shipping_address', 'user_id', 'order_id', 'note'];

function nullCharacter(context: PoisonContext): Buffer {
  const { rng, orderId } = context;
  if (rng.chance(0.2)) return spoiled(context, { 'no\u0000te': 1 });
  if (rng.chance(0.2)) return spoiled(context, { note: { deep: [`\u0000`] } });
  return spoiled(context, { [rng.pick(MEMBERS)]: `${orderId}\u0000${rng.pick(['', 'x', '끝'])}` });
}

/** Half a surrogate pair, written as an escape: raw it would not be UTF-8. */
function loneSurrogate(context: PoisonContext): Buffer {
  const { rng, orderId } = context;
  const half = rng.pick(['\ud83d', '\udca9', '\udc00\ud800', '\ud800\ud800\udc00']);
  if (rng.chance(0.2)) return spoiled(context, { [`k${half}`]: 1 });
  if (rng.chance(0.2)) return spoiled(context, { note: [{ deep: half }] });
  return spoiled(context, { [rng.pick(MEMBERS)]: `${orderId}${half}` });
}
