import { describe, expect, it } from 'vitest';
import { keywordReasons } from './keyword-reasons.ts';

const reasonsOf = (comment: string, score = 1, title: string | null = null) =>
  keywordReasons.reasonsOf({ score, title, comment });

describe('keywordReasons', () => {
  it.each([
    ['O pedido ATRASOU muito', ['LATE']],
    ['Ainda não recebi o produto, quero meu dinheiro de volta', ['NOT_RECEIVED', 'REFUND']],
    ['veio quebrado e o atendimento é péssimo', ['DAMAGED', 'QUALITY', 'SERVICE']],
    ['recebi o produto errado', ['WRONG_ITEM']],
    ['comprei dois e veio só um', ['MISSING_ITEM']],
    ['arrived three weeks late, box damaged', ['LATE', 'DAMAGED']],
    ['stopped working after a day, want a refund', ['QUALITY', 'REFUND']],
    ['배송이 너무 늦었어요', ['LATE']],
    ['상품이 파손되어 왔네요 환불해 주세요', ['DAMAGED', 'REFUND']],
    ['다른 상품이 왔습니다', ['WRONG_ITEM']],
    ['', []],
    ['ok', []],
  ])('%s', (comment, reasons) => {
    expect(reasonsOf(comment)).toEqual(reasons);
  });

  it('reads the title, too', () => {
    expect(reasonsOf('', 2, 'Chegou com atraso')).toEqual(['LATE']);
  });

  it('takes no praise for a complaint', () => {
    expect(reasonsOf('chegou antes do prazo, nada quebrado', 5)).toEqual([]);
    expect(reasonsOf('chegou sem atraso, mas não gostei', 3)).toEqual(['QUALITY']);
  });

  it('finds words, not parts of words', () => {
    expect(reasonsOf('translated manual', 3)).toEqual([]);
  });
});
