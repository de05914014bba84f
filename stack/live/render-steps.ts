import { fitTo } from './format.ts';
import type { Paint } from './paint.ts';
import type { StackState, Step } from './state.ts';

/** The start-up, one line a step: what is done and how long it took, what runs, what waits. */
export function renderSteps(state: StackState, now: number, width: number, paint: Paint): string[] {
  return state.steps.map((step) => {
    const took = seconds(step, now).padStart(8);
    const text = `${fitTo(step.name, Math.min(width - 12, 40))}${took}`;
    if (step.state === 'done') return `${paint.good('✓')} ${text}`;
    if (step.state === 'failed') return `${paint.bad('✗')} ${text}`;
    return step.state === 'running' ? `${paint.accent('▸')} ${paint.bold(text)}` : `  ${paint.dim(text)}`;
  });
}

function seconds(step: Step, now: number): string {
  if (step.tookMs !== undefined) return `${(step.tookMs / 1000).toFixed(1)} s`;
  return step.startedAt === undefined ? '' : `${Math.floor((now - step.startedAt) / 1000)} s`;
}
