import { expect, it } from 'vitest';
import { scriptedRegistry } from '../../test/support/scripted-registry.ts';
import { registerSchema } from './register-schema.ts';
import { RegistryAway, SchemaRefused } from './registry-errors.ts';
import { schemaById } from './schema-by-id.ts';

const ONCE = { timeoutMs: 20_000, attempts: 1 };
const TWICE = { timeoutMs: 20_000, attempts: 2 };

const answer = (status: number, body?: unknown) => () => ({ status, body });

it('gives the schema with an id', async () => {
  const { config, asked } = await scriptedRegistry(answer(200, { schema: '"string"', references: [] }));
  expect(await schemaById(config, 7, ONCE)).toEqual({ kind: 'found', text: '"string"' });
  expect(asked).toEqual(['GET /schemas/ids/7']);
});

it.each([
  ['an id that nobody knows', 404, { error_code: 40403, message: 'not found' }, 'knows no schema 7'],
  ['another kind of schema', 200, { schema: '{}', schemaType: 'PROTOBUF' }, 'is PROTOBUF'],
  ['a schema in parts', 200, { schema: '{}', references: [{ name: 'a' }] }, 'refers to other schemas'],
])('finds nothing that can be used: %s', async (_name, status, body, reason) => {
  const { config } = await scriptedRegistry(answer(status, body));
  expect(await schemaById(config, 7, ONCE)).toEqual({
    kind: 'unusable',
    reason: expect.stringContaining(reason) as string,
  });
});

it.each([
  ['no registry at this address', 404, '<html>', /HOLDFAST_SCHEMA_REGISTRY_URL/],
  [
    'a path that it does not have',
    404,
    { error_code: 404, message: 'no such path' },
    /HOLDFAST_SCHEMA_REGISTRY_URL/,
  ],
  ['an answer that is none', 200, { hello: 1 }, /HOLDFAST_SCHEMA_REGISTRY_URL/],
  ['somewhere else', 302, {}, /HOLDFAST_SCHEMA_REGISTRY_URL/],
  ['a login that is refused', 401, {}, /refuses the login \(401\).*_USER and _PASSWORD, or _TOKEN/],
  ['a broken registry', 500, {}, /answers 500/],
])('cannot tell, which is not the fault of a record: %s', async (_name, status, body, message) => {
  const { config } = await scriptedRegistry(answer(status, body));
  const asking = schemaById(config, 7, ONCE);
  await expect(asking).rejects.toBeInstanceOf(RegistryAway);
  await expect(asking).rejects.toThrow(message);
});

it('asks again when the registry is overloaded, and shows its login each time', async () => {
  const seen: (string | undefined)[] = [];
  const registry = await scriptedRegistry(({ headers }) => {
    seen.push(headers.authorization);
    return seen.length === 1 ? { status: 503 } : { status: 200, body: { schema: '"int"' } };
  });
  const config = { ...registry.config, authorization: 'Bearer secret' };
  expect(await schemaById(config, 7, TWICE)).toEqual({ kind: 'found', text: '"int"' });
  expect(seen).toEqual(['Bearer secret', 'Bearer secret']);
});

it('gives a registry up that does not answer, and one that is not there', async () => {
  const { config } = await scriptedRegistry(() => undefined);
  await expect(schemaById(config, 7, { timeoutMs: 50, attempts: 2 })).rejects.toThrow('within 50 ms');
  const nobody = { url: 'http://127.0.0.1:1', authorization: null };
  await expect(schemaById(nobody, 7, ONCE)).rejects.toThrow(/cannot be reached/);
});

it('names the subject of a schema that is refused, and what does not fit', async () => {
  const { config } = await scriptedRegistry(({ method }) =>
    method === 'GET'
      ? { status: 200, body: [1] }
      : {
          status: 409,
          body: { error_code: 409, message: 'io.acme.Rule: quantity at /fields/3 has no default' },
        },
  );
  const registering = registerSchema(config, 'orders-value', '{}');
  await expect(registering).rejects.toBeInstanceOf(SchemaRefused);
  await expect(registering).rejects.toThrow('subject orders-value: quantity at /fields/3 has no default');
});

it('chooses the compatibility of a new subject, and of no other', async () => {
  const registry = await scriptedRegistry(({ method }) =>
    method === 'GET' ? { status: 404, body: { error_code: 40401 } } : { status: 200, body: { id: 3 } },
  );
  expect(await registerSchema(registry.config, 'a b', '{}')).toBe(3);
  expect(registry.asked.slice(1)).toEqual(['POST /subjects/a%20b/versions', 'PUT /config/a%20b']);
  registry.asked.length = 0;
  registry.script = ({ method }) => ({ status: 200, body: method === 'GET' ? [1] : { id: 4 } });
  expect(await registerSchema(registry.config, 'a b', '{}')).toBe(4);
  expect(registry.asked.slice(1)).toEqual(['POST /subjects/a%20b/versions']);
});
