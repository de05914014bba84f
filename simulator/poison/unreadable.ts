import { Buffer } from 'node:buffer';
import { json, type PoisonClass, type PoisonContext, soundEvent } from './poison-context.ts';

/** Texts and bytes that are no JSON at all. */
export const UNREADABLE: readonly PoisonClass[] = [
  { class: 'null-value', expected: 'PARSE_ERROR', make: () => null },
  { class: 'empty-value', expected: 'PARSE_ERROR', make: () => Buffer.alloc(0) },
  {
    class: 'blank-value',
    expected: 'PARSE_ERROR',
    make: ({ rng }) => Buffer.from(rng.pick([' ', '\n', '\t \r\n', '    '])),
  },
  { class: 'not-json', expected: 'PARSE_ERROR', weight: 3, make: notJson },
  { class: 'truncated-json', expected: 'PARSE_ERROR', weight: 3, make: truncated },
  { class: 'trailing-garbage', expected: 'PARSE_ERROR', make: trailing },
  { class: 'random-bytes', expected: 'PARSE_ERROR', make: randomBytes },
  { class: 'invalid-utf8', expected: 'PARSE_ERROR', weight: 3, make: invalidUtf8 },
  { class: 'utf16', expected: 'PARSE_ERROR', make: utf16 },
  { class: 'broken-avro', expected: 'PARSE_ERROR', weight: 2, make: brokenAvro },
];

function notJson(context: PoisonContext): Buffer {
  const sound = soundEvent(context);
  const text = JSON.stringify(sound);
  return Buffer.from(
    context.rng.pick([
      'hello',
      'undefined',
      'NaN',
      '-Infinity',
      '주문 접수',
      '<html><body>502 Bad Gateway</body></html>',
      `<order id="${context.orderId}"/>`,
      `order_id,event_type,occurred_at\n${context.orderId},PAID,${String(sound.occurred_at)}`,
      `order_id: ${context.orderId}\nevent_type: PAID\n`,
      text.replaceAll('"', "'"),
      text.replace('}', ',}'),
      text.replace('"order_id"', 'order_id'),
      `/* v2 */ ${text}`,
      `${text.slice(0, -1)},"amount":NaN}`,
      text.replace('"quantity":', '"quantity":0'),
    ]),
  );
}

/** A sound event cut off anywhere, even within a character. */
function truncated(context: PoisonContext): Buffer {
  const whole = json(soundEvent(context));
  return whole.subarray(0, context.rng.int(1, whole.length - 1));
}

function trailing(context: PoisonContext): Buffer {
  const text = JSON.stringify(soundEvent(context));
  return Buffer.from(
    context.rng.pick([`${text}${text}`, `${text}}`, `${text}\n${text}`, `${text};`, `${text}\u0000`]),
  );
}

function randomBytes({ rng }: PoisonContext): Buffer {
  const bytes = Buffer.from(Array.from({ length: rng.int(1, 200) }, () => rng.int(0, 255)));
  // A digit alone would be JSON; this byte never occurs in UTF-8.
  bytes[rng.int(0, bytes.length - 1)] = 0xff;
  return bytes;
}

const BAD_SEQUENCES: readonly (readonly number[])[] = [
  [0xff],
  [0xfe, 0xfe],
  [0x80],
  [0xc0, 0xaf],
  [0xe0, 0x80, 0xaf],
  [0xed, 0xa0, 0x80],
  [0xf4, 0x90, 0x80, 0x80],
  [0xf8, 0x88, 0x80, 0x80, 0x80],
  [0xe2, 0x82],
  // "서울" in EUC-KR, and "é" in Latin-1.
  [0xbc, 0xad, 0xbf, 0xef],
  [0xe9],
];

/** A sound event with bytes inside a string that are no UTF-8. */
function invalidUtf8(context: PoisonContext): Buffer {
  const [head = '', tail = ''] = JSON.stringify({ ...soundEvent(context), product_name: '@@' }).split('@@');
  return Buffer.concat([Buffer.from(head), Buffer.from(context.rng.pick(BAD_SEQUENCES)), Buffer.from(tail)]);
}

function utf16(context: PoisonContext): Buffer {
  const text = JSON.stringify(soundEvent(context));
  const little = Buffer.from(context.rng.chance(0.5) ? `\uFEFF${text}` : text, 'utf16le');
  return context.rng.chance(0.5) ? little : little.swap16();
}

/** Looks like Avro in the Confluent wire format (0x00, four bytes of schema id), but no such schema or body exists. */
function brokenAvro({ rng, orderId }: PoisonContext): Buffer {
  const bytes = [0x00];
  if (rng.chance(0.2))
    return Buffer.from(bytes.concat(Array.from({ length: rng.int(0, 3) }, () => rng.int(0, 255))));
  const schema = Buffer.alloc(4);
  schema.writeUInt32BE(rng.int(0x7fff0000, 0x7fffffff));
  const body = rng.chance(0.5)
    ? Buffer.from(Array.from({ length: rng.int(0, 120) }, () => rng.int(0, 255)))
    : Buffer.concat([Buffer.from([orderId.length * 2]), Buffer.from(orderId), Buffer.from([0xff, 0xff])]);
  return Buffer.concat([Buffer.from(bytes), schema, body]);
}
