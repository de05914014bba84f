import { readFile } from 'node:fs/promises';
import { Validator } from '@seriousme/openapi-schema-validator';
import { describe, expect, it } from 'vitest';
import { packageVersion } from '../../platform/version.ts';
import { openApiDocument } from '../../processor/api/openapi.ts';
import { questions } from '../../processor/api/questions.ts';

const FILE = new URL('../../docs/openapi.json', import.meta.url);

interface Operation {
  operationId: string;
  parameters: { name: string; in: string; required: boolean; schema: object }[];
  responses: Record<string, unknown>;
}

describe('docs/openapi.json', () => {
  it('is what the schemas make (npm run openapi writes it)', async () => {
    expect(JSON.parse(await readFile(FILE, 'utf8'))).toEqual(
      JSON.parse(JSON.stringify(openApiDocument(packageVersion()))),
    );
  });

  it('is valid OpenAPI 3.1', async () => {
    const validator = new Validator();
    const { valid, errors } = await validator.validate(JSON.parse(await readFile(FILE, 'utf8')));
    expect(errors ?? []).toEqual([]);
    expect([valid, validator.version]).toEqual([true, '3.1']);
  });

  it('describes every question, its parameters, and its errors', async () => {
    const document = JSON.parse(await readFile(FILE, 'utf8')) as {
      paths: Record<string, { get: Operation }>;
    };
    expect(Object.keys(document.paths).toSorted()).toEqual(
      [...questions.map(({ path }) => path), '/api/v1/orders/{order_id}'].toSorted(),
    );
    for (const one of questions) {
      const { parameters, responses } = document.paths[one.path]!.get;
      const named = parameters.map(({ name }) => name).toSorted();
      expect(named).toEqual([...Object.keys(one.place.shape), ...Object.keys(one.query.shape)].toSorted());
      expect(Object.keys(responses)).toEqual(expect.arrayContaining(['200', '400', '500', '503']));
      expect('404' in responses).toBe(one.notFound !== undefined);
    }
    const ids = Object.values(document.paths).map(({ get }) => get.operationId);
    expect(new Set(ids).size).toBe(ids.length);
  });
});
