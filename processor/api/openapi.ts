import { z } from 'zod';
import { orderDescription } from './order-description.ts';
import type { Question } from './question.ts';
import { questions } from './questions.ts';

type Described = Pick<
  Question,
  'name' | 'path' | 'summary' | 'description' | 'place' | 'query' | 'answer' | 'notFound'
>;
type Json = Readonly<Record<string, unknown>>;

const problem = z.object({
  type: z.string(),
  title: z.string(),
  status: z.int(),
  detail: z.string().describe('What is wrong, and what to do.'),
});

/**
 * The document of the API (OpenAPI 3.1), made from the schemas that check requests and describe answers.
 *
 * @param version of this package
 */
export function openApiDocument(version: string): Json {
  const described: readonly Described[] = [...questions, orderDescription];
  return {
    openapi: '3.1.0',
    info: {
      title: 'Holdfast',
      version,
      summary: 'What the processor knows of orders, deliveries, sellers, routes and stock',
      description:
        'Read only. Times are ISO 8601 in UTC; units are in the names. Lists go on at the address in next, which is in the header Link as well. Every error is an application/problem+json (RFC 9457).',
      license: { name: 'Apache 2.0', identifier: 'Apache-2.0' },
    },
    servers: [{ url: 'http://127.0.0.1:9464', description: 'npm start' }],
    paths: Object.fromEntries(described.map((one) => [one.path, { get: operation(one) }])),
    components: {
      schemas: {
        ...Object.fromEntries(described.map(({ name, answer }) => [name, schemaOf(answer)])),
        Problem: schemaOf(problem),
      },
      responses: {
        BadRequest: problemResponse('A parameter is wrong, missing or unknown; detail names all of them.'),
        TooMuch: problemResponse('More than can be answered at once; detail says how to ask for less.'),
        InternalError: problemResponse('The log of the processor says why.'),
        Unavailable: problemResponse('The database is away, or took too long.'),
      },
    },
  };
}

function operation(one: Described): Json {
  const { name, summary, description, place, query, notFound } = one;
  return {
    operationId: `get${name}`,
    summary,
    description,
    tags: [one.path.split('/')[3]],
    parameters: [...parametersOf(place, 'path'), ...parametersOf(query, 'query')],
    responses: {
      200: {
        description: 'The answer.',
        ...('next' in one.answer.shape ? { headers: { Link: LINK } } : {}),
        content: { 'application/json': { schema: { $ref: `#/components/schemas/${name}` } } },
      },
      400: { $ref: '#/components/responses/BadRequest' },
      ...(notFound === undefined ? {} : { 404: problemResponse(notFound) }),
      422: { $ref: '#/components/responses/TooMuch' },
      500: { $ref: '#/components/responses/InternalError' },
      503: { $ref: '#/components/responses/Unavailable' },
    },
  };
}

const LINK = {
  description: 'The next page, rel="next"; not there on the last one.',
  schema: { type: 'string' },
};

function parametersOf(schema: z.ZodObject, where: 'path' | 'query'): Json[] {
  return Object.entries(schema.shape).map(([name, one]) => {
    const { description, ...rest } = schemaOf(one as z.ZodType) as { description?: string };
    return {
      name,
      in: where,
      required: where === 'path' || !(one as z.ZodType).safeParse(undefined).success,
      ...(description === undefined ? {} : { description }),
      schema: rest,
    };
  });
}

function problemResponse(description: string): Json {
  return {
    description,
    content: { 'application/problem+json': { schema: { $ref: '#/components/schemas/Problem' } } },
  };
}

function schemaOf(schema: z.ZodType): Json {
  const { $schema: _, ...rest } = z.toJSONSchema(schema, { io: 'output' });
  return rest;
}
