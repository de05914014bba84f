import type { Harm } from '../../experiment.ts';
import type { ProgramStage } from '../../stage/program.ts';
import { untilReady } from '../../stage/stage.ts';

/** A program needs some seconds until it is ready again, more on a busy machine. */
const SECONDS_A_KILL = 15;

/** Kills one of these programs at a time, at random moments, and goes on when it is ready again. */
export async function killAgainAndAgain(
  harm: Harm,
  programs: Readonly<Record<string, ProgramStage>>,
): Promise<void> {
  const { random, seconds, wait, fault } = harm;
  const kills = Math.max(1, Math.round(seconds / SECONDS_A_KILL));
  for (let kill = 0; kill < kills; kill += 1) {
    await wait(random.between(0, (seconds * 0.3) / kills));
    const name = random.pick(Object.keys(programs));
    const program = programs[name];
    if (program === undefined) continue;
    await fault(`${name} killed`, async () => {
      program.kill();
      await wait(0.2);
      await untilReady(program);
    });
  }
}
