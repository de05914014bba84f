import { request as httpRequest } from 'node:http';
import { request as httpsRequest } from 'node:https';
import type { SignedRequest } from './sign.ts';

const MAX_ANSWER_BYTES = 1024 * 1024;

/**
 * Sends a request on a connection of its own: a kept one that the app closes meanwhile would look like a failure of it.
 *
 * @throws when there is no answer, or `signal` is aborted before all of it is there
 */
export function post(
  url: string,
  { headers, body }: SignedRequest,
  signal: AbortSignal,
): Promise<{ status: number; body: string }> {
  const start = url.startsWith('https:') ? httpsRequest : httpRequest;
  return new Promise((resolve, reject) => {
    const sent = start(
      url,
      {
        method: 'POST',
        agent: false,
        signal,
        headers: { ...headers, 'content-length': Buffer.byteLength(body), 'user-agent': 'Slackbot 1.0' },
      },
      (response) => {
        let answer = '';
        response.setEncoding('utf8');
        response.on('data', (text: string) => {
          answer += text;
          if (answer.length > MAX_ANSWER_BYTES) response.destroy(new Error('the answer is too long'));
        });
        response.on('error', reject);
        response.on('end', () => resolve({ status: response.statusCode ?? 0, body: answer }));
      },
    );
    sent.on('error', reject);
    sent.end(body);
  });
}
