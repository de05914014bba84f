import { codeOf, messageOf } from '../errors/classify.ts';

const UNTRUSTED = new Set([
  'UNABLE_TO_VERIFY_LEAF_SIGNATURE',
  'SELF_SIGNED_CERT_IN_CHAIN',
  'DEPTH_ZERO_SELF_SIGNED_CERT',
  'UNABLE_TO_GET_ISSUER_CERT',
  'UNABLE_TO_GET_ISSUER_CERT_LOCALLY',
  'CERT_SIGNATURE_FAILURE',
]);
const INVALID_PASSWORD = '28P01';
const INVALID_AUTHORIZATION = '28000';

/** Why the database cannot be used, with the setting to correct where it is one. Without any secret. */
export function explainDatabaseTrouble(error: unknown): string {
  const said = messageOf(error);
  const advice = adviceFor(codeOf(error), said);
  return advice === null ? said : `${said}: ${advice}`;
}

function adviceFor(code: string, said: string): string | null {
  if (UNTRUSTED.has(code))
    return "set HOLDFAST_DATABASE_CA_FILE to the authority that signed the database's certificate";
  if (code === 'ERR_TLS_CERT_ALTNAME_INVALID')
    return 'use a name in DATABASE_URL that the certificate of the database has';
  if (/^CERT_(HAS_EXPIRED|NOT_YET_VALID)$/.test(code))
    return "renew the database's certificate, or set this machine's clock right";
  if (code === INVALID_PASSWORD)
    return 'correct the user and password of DATABASE_URL, or PGPASSWORD (ALTER ROLE sets one)';
  if (code === INVALID_AUTHORIZATION && /no encryption/.test(said))
    return 'the database wants TLS: add sslmode=verify-full to DATABASE_URL';
  if (/does not support SSL connections/.test(said))
    return 'switch TLS on at the database, or set sslmode=disable in DATABASE_URL where the network is safe';
  return null;
}
