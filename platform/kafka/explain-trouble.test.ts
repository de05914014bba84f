import { expect, it } from 'vitest';
import { explainKafkaTrouble } from './explain-trouble.ts';

const SASL = { mechanism: 'scram-sha-256', username: 'shop', password: 'hunter2' } as const;
const explain = (
  said: string,
  tls: { ca?: string; cert?: string } | null = {},
  sasl: typeof SASL | null = SASL,
) => explainKafkaTrouble(new Error(said), { tls, sasl });

it.each([
  ['SASL SCRAM SHA256 authentication failed: invalid credentials', 'KAFKA_SASL_PASSWORD'],
  ['SASL PLAIN authentication failed: nope', 'KAFKA_SASL_PASSWORD'],
  ['The broker does not support the requested SASL mechanism', 'KAFKA_SASL_MECHANISM=scram-sha-256'],
  ["Connection error: Hostname/IP does not match certificate's altnames: Host: a.", 'KAFKA_SSL_SERVER_NAME'],
  ['Connection error: self-signed certificate in certificate chain', 'set KAFKA_SSL_CA_FILE'],
  ['Connection error: certificate has expired', 'not valid today'],
  [
    'Connection error: Client network socket disconnected before secure TLS connection was established',
    'no TLS',
  ],
  ['connect ECONNREFUSED 127.0.0.1:9092', 'connect ECONNREFUSED 127.0.0.1:9092'],
])('%s', (said, names) => {
  expect(explain(said)).toContain(names);
  expect(explain(said)).not.toContain('hunter2');
});

it('knows what is set already', () => {
  const untrusted = 'Connection error: unable to verify the first certificate';
  expect(explain(untrusted, { ca: 'pem' })).toContain('not signed by the authority in KAFKA_SSL_CA_FILE');
  expect(explain('Closed connection', null)).toContain('it may want KAFKA_SSL=true (');
  expect(explain('Closed connection', {}, null)).toContain('it may want KAFKA_SASL_*');
  expect(explain('Closed connection')).toContain('its log says why');
  const alert =
    'Connection error: 805C70:error:0A000412:SSL routines:ssl3_read_bytes:sslv3 alert bad certificate:../rec_layer_s3.c:1601:SSL alert number 42\n';
  expect(explain(alert)).toBe(
    'the broker wants a certificate of us: set KAFKA_SSL_CERTIFICATE_FILE and KAFKA_SSL_KEY_FILE (sslv3 alert bad certificate)',
  );
  expect(explain(alert, { cert: 'pem' })).toContain('refuses the certificate in KAFKA_SSL_CERTIFICATE_FILE');
});
