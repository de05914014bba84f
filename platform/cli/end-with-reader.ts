import { codeOf } from '../errors/classify.ts';

/** `npm run ... | head` closes the pipe early: the program is then done, not broken. */
export function endWithReader(): void {
  process.stdout.on('error', (error) => {
    if (codeOf(error) === 'EPIPE') process.exit(0);
    throw error;
  });
}
