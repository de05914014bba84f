import type { Prng } from '../../simulator/timing/prng.ts';

/** What customers write, with all that makes a CSV hard to read. */
const CONTENT: readonly string[] = [
  'Chegou antes do prazo, muito bom.',
  'Recomendo a loja, "produto excelente"',
  'Ótimo, embalagem perfeita\r\n\r\nVoltarei a comprar!',
  'Bom, mas a cor é outra, diferente da foto',
];

const LATE: readonly string[] = [
  'Atrasou, e ninguém responde.',
  'O prazo era dia 10,\nhoje é dia 20\ne "em trânsito" ainda',
  'Entrega demorada; o vendedor "demorou" para postar',
];

const DEFECTIVE: readonly string[] = [
  'Veio quebrado.',
  'Produto com defeito, "não liga"',
  'Faltou uma peça:\r\nveio só 1, comprei 2',
];

const TITLES: readonly string[] = ['Recomendo', 'Não recomendo', 'Super "top", recomendo', 'ok'];

export interface ReviewText {
  title: string | null;
  comment: string | null;
}

/** Half of the reviews have a comment, an eighth has a title. */
export function reviewText(rng: Prng, score: number, late: boolean): ReviewText {
  const comments = score >= 4 ? CONTENT : late ? LATE : DEFECTIVE;
  return {
    title: rng.chance(0.125) ? rng.pick(TITLES) : null,
    comment: rng.chance(0.5) ? rng.pick(comments) : null,
  };
}
