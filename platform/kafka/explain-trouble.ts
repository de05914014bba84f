import type { KafkaConfig } from '../config/kafka.ts';
import { messageOf } from '../errors/classify.ts';

type Security = Pick<KafkaConfig, 'tls' | 'sasl'>;

interface Explanation {
  /** What the client says of it. */
  readonly said: RegExp;
  /** What the user can do. */
  readonly means: (security: Security) => string;
}

const EXPLANATIONS: readonly Explanation[] = [
  {
    said: /invalid credentials|SASL \S+( \S+)? authentication failed/i,
    means: () =>
      'the broker refuses the login: correct KAFKA_SASL_USERNAME and KAFKA_SASL_PASSWORD, or give the user a password for KAFKA_SASL_MECHANISM at the broker',
  },
  {
    said: /does not support the requested SASL mechanism/i,
    means: ({ sasl }) =>
      `the broker does not know KAFKA_SASL_MECHANISM=${sasl?.mechanism}: set one of its sasl.enabled.mechanisms`,
  },
  {
    said: /does not match certificate's altnames/i,
    means: () =>
      "the broker's certificate is for another name: use a name it has in KAFKA_BROKERS (and in the broker's advertised.listeners), or set KAFKA_SSL_SERVER_NAME to one",
  },
  {
    said: /unable to verify|self-signed certificate|unable to get (local )?issuer|certificate signature failure/i,
    means: ({ tls }) =>
      tls?.ca === undefined
        ? "the broker's certificate is signed by none of the authorities that are known: set KAFKA_SSL_CA_FILE to the one that signed it"
        : "the broker's certificate is not signed by the authority in KAFKA_SSL_CA_FILE: use the file of the one that signed it",
  },
  {
    said: /certificate has expired|certificate is not yet valid/i,
    means: () => "the broker's certificate is not valid today: renew it, or set this machine's clock right",
  },
  {
    said: /alert (bad certificate|certificate (unknown|required|expired|revoked)|unknown ca|handshake failure)/i,
    means: ({ tls }) =>
      tls?.cert === undefined
        ? 'the broker wants a certificate of us: set KAFKA_SSL_CERTIFICATE_FILE and KAFKA_SSL_KEY_FILE'
        : 'the broker refuses the certificate in KAFKA_SSL_CERTIFICATE_FILE: use one that its truststore knows',
  },
  {
    said: /wrong version number|packet length too long|before secure TLS connection was established/i,
    means: ({ tls }) =>
      tls === null
        ? 'the broker does not understand us'
        : 'the broker speaks no TLS on this port: name the port of its TLS listener in KAFKA_BROKERS, or set KAFKA_SSL=false',
  },
  {
    said: /^Closed connection/i,
    means: ({ tls, sasl }) => {
      const missing = [tls === null && 'KAFKA_SSL=true', sasl === null && 'KAFKA_SASL_*'].filter(Boolean);
      return missing.length === 0
        ? 'the broker ended the connection; its log says why'
        : `the broker ended the connection: it may want ${missing.join(' or ')}`;
    },
  },
];

/** Why Kafka cannot be used, in a sentence that names the setting to correct where it is one. Without any secret. */
export function explainKafkaTrouble(error: unknown, security: Security): string {
  const said = messageOf(error).trim();
  const found = EXPLANATIONS.find((one) => one.said.test(said));
  return found === undefined ? said : `${found.means(security)} (${shortened(said)})`;
}

/** OpenSSL's own words, without where in its sources they were said. */
function shortened(said: string): string {
  return said.replace(/^Connection error: /, '').replace(/^\w+:error:\w+:[^:]*:[^:]*:([^:]*):.*$/s, '$1');
}
