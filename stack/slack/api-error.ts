import type { JsonObject } from './json.ts';
import type { Problems } from './limits/problems.ts';

/** A call of the Web API that ends with `ok: false`. The message is Slack's error code. */
export class ApiError extends Error {
  readonly extra: JsonObject;

  constructor(code: string, extra: JsonObject = {}) {
    super(code);
    this.extra = extra;
  }

  /** As Slack answers what does not fit its schema: each problem with its place. */
  static of(code: string, problems: Problems): ApiError {
    return new ApiError(code, {
      errors: problems.errors(),
      response_metadata: { messages: problems.messages() },
    });
  }
}
