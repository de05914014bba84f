import { z } from 'zod';

/** Readers of single environment variables: text in, value or a sentence about what is wrong out. */

export function wholeNumber(smallest: number, largest: number) {
  return z
    .string()
    .refine((text) => /^\d+$/.test(text) && Number(text) >= smallest && Number(text) <= largest, {
      message: `must be a whole number from ${smallest} to ${largest}`,
    })
    .transform(Number);
}

export const port = wholeNumber(1, 65_535);

export const positive = z
  .string()
  .refine((text) => Number.isFinite(Number(text)) && Number(text) > 0, {
    message: 'must be a number greater than 0',
  })
  .transform(Number);

/** A probability or quantile: neither never nor always. */
export const fraction = z
  .string()
  .refine((text) => Number(text) > 0 && Number(text) < 1, {
    message: 'must be a number between 0 and 1, such as 0.95',
  })
  .transform(Number);

/** `1,1,1`: three numbers of which only the proportion matters. */
export const threeWeights = z
  .string()
  .transform((text) => text.split(',').map((part) => (part.trim() === '' ? Number.NaN : Number(part))))
  .refine(isThreeWeights, {
    message: 'must be three numbers with commas between, none below 0 and not all 0, such as 2,1,1',
  });

function isThreeWeights(weights: number[]): weights is [number, number, number] {
  const valid = weights.every((weight) => Number.isFinite(weight) && weight >= 0);
  return weights.length === 3 && valid && weights.some((weight) => weight > 0);
}

export const flag = z
  .enum(['true', 'false', '1', '0'], { error: 'must be true or false' })
  .transform((text) => text === 'true' || text === '1');

export const postgresUrl = z.string().refine(isPostgresUrl, {
  message: 'must look like postgres://user:password@host:5432/database',
});

function isPostgresUrl(text: string): boolean {
  if (!URL.canParse(text)) return false;
  const url = new URL(text);
  return (url.protocol === 'postgres:' || url.protocol === 'postgresql:') && url.hostname !== '';
}

export const httpUrl = z
  .string()
  .refine((text) => URL.canParse(text) && /^https?:$/.test(new URL(text).protocol), {
    message: 'must be an http:// or https:// address',
  });

const BROKER = /^(\[[0-9a-fA-F:]+\]|[A-Za-z0-9._-]+):(\d{1,5})$/;

/** `host:port,host:port` */
export const brokerList = z
  .string()
  .transform((text) => text.split(',').map((part) => part.trim()))
  .refine(
    (brokers) => brokers.every((broker) => BROKER.test(broker) && Number(broker.split(':').at(-1)) <= 65_535),
    {
      message: 'must be a comma-separated list of host:port',
    },
  );

/** As a certificate has it: a name, no address and no port. */
export const hostName = z
  .string()
  .regex(/^(?=.{1,253}$)(?!\d+(\.\d+){3}$)[A-Za-z0-9_-]+(\.[A-Za-z0-9_-]+)*$/, {
    message: 'must be a host name such as kafka.example, without port',
  });

export const timeZone = z.string().refine(isTimeZone, {
  message: 'must be an IANA time zone such as Asia/Seoul or UTC',
});

function isTimeZone(text: string): boolean {
  try {
    new Intl.DateTimeFormat('en', { timeZone: text });
    return true;
  } catch {
    return false;
  }
}

const HOUR_SECONDS = 3600;

/** Seconds of which a whole number makes an hour, so that what is counted by them can be compared by the hour. */
export const partOfAnHour = wholeNumber(60, HOUR_SECONDS).refine((seconds) => HOUR_SECONDS % seconds === 0, {
  message: `must divide an hour, such as 60, 300 or 900`,
});

/** Legal characters and length of the name of a Kafka topic, of a part of one, or of a consumer group. */
export const topicName = z.string().regex(/^[A-Za-z0-9._-]{1,200}$/, {
  message: 'may have letters, digits, dot, underscore and hyphen, at most 200',
});

/** A channel of Slack, by id (survives renaming) or by name. */
export const slackChannel = z.string().regex(/^([CG][A-Z0-9]{2,}|#[^\s#@<>]{1,80})$/u, {
  message: 'must be the id of a Slack channel (C0123ABCD) or its name (#holdfast)',
});

export const slackGroup = z.string().regex(/^S[A-Z0-9]{2,}$/, {
  message: 'must be the id of a Slack user group (S0123ABCD)',
});

export const slackMention = z.string().regex(/^[SUW][A-Z0-9]{2,}$/, {
  message: 'must be the id of a Slack user group (S0123ABCD) or of a user (U0123ABCD)',
});

/** Without credentials: the receiver knows us by the signature, and fetch refuses them. */
export const webhookUrl = httpUrl.refine((text) => !URL.canParse(text) || hasNoCredentials(new URL(text)), {
  message: 'must have no user name and password: webhooks are signed instead',
});

/** Base of a Confluent API. The login has variables of its own. */
export const registryUrl = httpUrl.refine((text) => !URL.canParse(text) || hasNoCredentials(new URL(text)), {
  message:
    'must have no user name and password: HOLDFAST_SCHEMA_REGISTRY_USER and HOLDFAST_SCHEMA_REGISTRY_PASSWORD are for them',
});

function hasNoCredentials({ username, password }: URL): boolean {
  return username === '' && password === '';
}

/** An address with {region} in it and, if it likes, {at}. */
export const sourceUrl = z
  .string()
  .refine((text) => text.includes('{region}') && isHttpUrl(text.replaceAll(/\{(region|at)\}/g, 'x')), {
    message:
      'must be an http:// or https:// address with {region} in it, such as https://weather.example/?q={region}&at={at}',
  })
  .refine((text) => hostOf(text, 'x') === hostOf(text, 'y'), {
    message:
      'must be an address with {region} behind its host: regions come with the records, and are not to say who is asked',
  });

function hostOf(text: string, region: string): string {
  const filled = text.replaceAll(/\{(region|at)\}/g, region);
  return URL.canParse(filled) ? new URL(filled).host : '';
}

const SERVICE_NAME = /^[A-Za-z][A-Za-z0-9_-]{0,63}$/;

/** `routing=https://routing.example/health,payments=https://...` */
export const serviceUrls = z
  .string()
  .transform((text) => text.split(',').map((part) => part.trim()))
  .refine(
    (parts) =>
      parts.every((part) => isHttpUrl(part.slice(part.indexOf('=') + 1)) && SERVICE_NAME.test(nameIn(part))),
    {
      message: 'must be name=address with commas between, such as routing=https://routing.example/health',
    },
  )
  .transform((parts) => new Map(parts.map((part) => [nameIn(part), part.slice(part.indexOf('=') + 1)])));

function nameIn(part: string): string {
  return part.slice(0, Math.max(0, part.indexOf('=')));
}

function isHttpUrl(text: string): boolean {
  return URL.canParse(text) && /^https?:$/.test(new URL(text).protocol) && hasNoCredentials(new URL(text));
}

const SIGNING_SECRET = /^whsec_([A-Za-z0-9+/]{32,88}={0,2})$/;
const SECRET_BYTES = { fewest: 24, most: 64 };

/** Keys of a webhook's signature: `whsec_` and base64 of 24 to 64 random bytes; two with a blank between, to exchange one. */
export const signingSecrets = z
  .string()
  .transform((text) => text.trim().split(/\s+/))
  .refine((secrets) => secrets.every((secret) => keyOf(secret) !== null), {
    message:
      'must be whsec_ and base64 of 24 to 64 random bytes, as in: echo whsec_$(openssl rand -base64 32)',
  })
  .transform((secrets) => secrets.flatMap((secret) => keyOf(secret) ?? []));

function keyOf(secret: string): Buffer | null {
  const [, encoded] = SIGNING_SECRET.exec(secret) ?? [];
  if (encoded === undefined) return null;
  const key = Buffer.from(encoded, 'base64');
  return key.length >= SECRET_BYTES.fewest && key.length <= SECRET_BYTES.most ? key : null;
}
