import { expect, test } from 'vitest';
import {
  authenticationOk,
  errorMessage,
  firstColumn,
  firstError,
  parameterStatus,
  parameterStatuses,
  readyForQuery,
  transactionStatus,
  withoutCopyIn,
} from './backend-messages.ts';

const row = (value: string | null): Buffer => {
  const text = Buffer.from(value ?? '');
  const message = Buffer.alloc(11 + text.length);
  message.write('D');
  message.writeInt32BE(message.length - 1, 1);
  message.writeInt16BE(1, 5);
  message.writeInt32BE(value === null ? -1 : text.length, 7);
  message.set(text, 11);
  return message;
};

test('the status is that of the ReadyForQuery at the end', () => {
  expect(transactionStatus(Buffer.concat([row('x'), readyForQuery('T')]))).toBe('T');
  expect(transactionStatus(Buffer.concat([readyForQuery('T'), readyForQuery('I')]))).toBe('I');
  expect(transactionStatus(Buffer.concat([readyForQuery('I'), row('x')]))).toBeUndefined();
  expect(transactionStatus(Buffer.alloc(0))).toBeUndefined();
});

test('the first error is told with its SQLSTATE', () => {
  const reply = Buffer.concat([
    row('x'),
    errorMessage('ERROR', '22012', 'division by zero'),
    readyForQuery('I'),
  ]);
  expect(firstError(reply)).toBe('division by zero (SQLSTATE 22012)');
  expect(firstError(readyForQuery('I'))).toBeUndefined();
});

test('the first value is the first column of the first row', () => {
  expect(firstColumn(Buffer.concat([authenticationOk(), row('값'), row('other'), readyForQuery('I')]))).toBe(
    '값',
  );
  expect(firstColumn(Buffer.concat([row(null), row('other')]))).toBeNull();
  expect(firstColumn(readyForQuery('I'))).toBeNull();
});

test('parameters are read from among other messages', () => {
  const reply = Buffer.concat([authenticationOk(), parameterStatus('TimeZone', 'GMT'), readyForQuery('I')]);
  expect([...parameterStatuses(reply)]).toEqual([['TimeZone', 'GMT']]);
});

test('CopyInResponse is taken out, the rest stays', () => {
  const copyIn = Buffer.from([0x47, 0, 0, 0, 7, 0, 0, 0]);
  const rest = [errorMessage('ERROR', '57014', 'no'), readyForQuery('I')];
  expect(withoutCopyIn(Buffer.concat([copyIn, ...rest]))).toEqual(Buffer.concat(rest));
});
