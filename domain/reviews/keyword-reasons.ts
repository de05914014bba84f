import type { ReasonClassifier, ReviewReason, ReviewText } from './reasons.ts';

/** Praise names the same things ("arrived before time, nothing broken"), so that it is not searched. */
const HIGHEST_SCORE_OF_A_COMPLAINT = 3;

/**
 * Beginnings of words, or of phrases, by reason: Portuguese, English, Korean; without accents, in lower case. Where a
 * word begins with a hyphen it is found anywhere, for Korean joins words.
 */
const KEYWORDS: readonly (readonly [ReviewReason, readonly string[]])[] = [
  [
    'LATE',
    [
      ...[
        'atras',
        'demor',
        'fora do prazo',
        'depois do prazo',
        'apos o prazo',
        'passou do prazo',
        'no prazo',
      ],
      ...['late', 'delay', 'slow', 'took too long', 'took so long', 'overdue', 'behind schedule'],
      ...['-늦', '-지연', '-오래 걸', '-느리', '-느려'],
    ],
  ],
  [
    'NOT_RECEIVED',
    [
      ...['nao recebi', 'nao chegou', 'nao foi entregue', 'nunca chegou', 'nao entreg', 'ainda nao'],
      ...[
        'not received',
        'never received',
        'never arrived',
        'not arrived',
        "didn't arrive",
        'did not arrive',
      ],
      ...['not delivered', "haven't received", 'have not received', "hasn't arrived", 'lost'],
      ...['-못 받', '-안 왔', '-안왔', '-안 와', '-도착하지 않', '-받지 못', '-분실'],
    ],
  ],
  [
    'DAMAGED',
    [
      ...['quebrad', 'danific', 'amassad', 'rasgad', 'avariad', 'trincad', 'arranhad', 'rachad'],
      ...['damage', 'broken', 'crack', 'dent', 'torn', 'scratch', 'smashed'],
      ...['-파손', '-깨져', '-깨졌', '-부서', '-찢어', '-찌그러', '-망가'],
    ],
  ],
  [
    'WRONG_ITEM',
    [
      ...['errad', 'trocad', 'outro produto', 'produto diferente', 'veio diferente', 'cor diferente'],
      ...['modelo diferente', 'nao foi o que', 'nao e o que', 'nao era o que'],
      ...[
        'wrong',
        'different product',
        'different item',
        'different colo',
        'not what i ordered',
        'another item',
      ],
      ...['-다른 상품', '-다른 제품', '-다른 물건', '-다른 색', '-오배송', '-잘못 왔', '-잘못 배송'],
    ],
  ],
  [
    'MISSING_ITEM',
    [
      ...['faltando', 'faltou', 'falta ', 'incomplet', 'veio so', 'so veio', 'recebi so', 'so recebi'],
      ...['apenas um', 'recebi apenas', 'veio apenas', 'chegou so', 'so chegou'],
      ...['missing', 'incomplete', 'only one', 'only received', 'received only', 'parts are lacking'],
      ...['-누락', '-빠졌', '-빠져', '-하나만', '-덜 왔', '-일부만'],
    ],
  ],
  [
    'QUALITY',
    [
      ...['qualidade', 'defeit', 'nao funciona', 'parou de funcionar', 'ruim', 'pessim', 'frac', 'falsific'],
      ...['falso', 'nao e original', 'nao gostei', 'pequen', 'material fin'],
      ...[
        'quality',
        'defect',
        'faulty',
        'not work',
        "doesn't work",
        'stopped working',
        'fake',
        'cheap',
        'flimsy',
      ],
      ...['-품질', '-불량', '-고장', '-작동', '-가짜', '-짝퉁', '-허접'],
    ],
  ],
  [
    'REFUND',
    [
      ...['reembols', 'estorn', 'devolv', 'devoluc', 'dinheiro de volta', 'meu dinheiro', 'cancel'],
      ...['refund', 'money back', 'return', 'chargeback', 'cancel'],
      ...['-환불', '-반품', '-취소'],
    ],
  ],
  [
    'SERVICE',
    [
      ...['atendimento', 'sem resposta', 'nao respond', 'nao tive retorno', 'descaso', 'ninguem'],
      ...['customer service', 'no reply', 'no response', 'no answer', 'nobody answer', 'rude'],
      ...['-고객센터', '-응대', '-불친절', '-답변', '-연락이 안', '-문의'],
    ],
  ],
];

/** "Without delay", "not broken": what is denied is no complaint. */
const DENIED =
  /\b(?:sem|nenhum|nenhuma|nao (?:veio|chegou|esta|houve|teve)|without|no|not|never|isn't|wasn't) $/;
const LOOK_BACK = 14;

/** The default: words that such complaints are made of. Quick and explainable, and blind to irony. */
export const keywordReasons: ReasonClassifier = {
  reasonsOf(review: ReviewText): readonly ReviewReason[] {
    if (review.score > HIGHEST_SCORE_OF_A_COMPLAINT) return [];
    const text = plain(`${review.title ?? ''} . ${review.comment ?? ''}`);
    return KEYWORDS.filter(([, words]) => words.some((word) => occurs(text, word))).map(([reason]) => reason);
  },
};

/** Lower case, without accents, blanks for everything between words. Korean syllables stay whole. */
function plain(text: string): string {
  const letters = text
    .toLowerCase()
    .normalize('NFD')
    .replaceAll(/[\u0300-\u036f]/g, '')
    .normalize('NFC');
  return ` ${letters.replaceAll(/[^\p{L}\p{N}']+/gu, ' ')} `;
}

function occurs(text: string, word: string): boolean {
  if (word.startsWith('-')) return text.includes(word.slice(1));
  for (let at = text.indexOf(` ${word}`); at >= 0; at = text.indexOf(` ${word}`, at + 1)) {
    const before = text.slice(Math.max(0, at - LOOK_BACK), at + 1);
    if (!DENIED.test(before)) return true;
  }
  return false;
}
