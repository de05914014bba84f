import { useState } from 'react';

/** Runs a request of the person, and keeps what was wrong with it until the next one. */
export function useAttempt() {
  const [problem, setProblem] = useState<string | null>(null);
  return {
    problem,
    /** Whether it went well. */
    async attempt(request: () => Promise<unknown>): Promise<boolean> {
      try {
        await request();
        setProblem(null);
        return true;
      } catch (error) {
        setProblem(error instanceof Error ? error.message : String(error));
        return false;
      }
    },
  };
}
