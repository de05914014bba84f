/** By what facts are told apart. */
export const DIMENSIONS = ['region', 'restaurant', 'rider', 'method', 'all'] as const;

export type Dimension = (typeof DIMENSIONS)[number];

/** The only value of the dimension `all`. */
export const ALL = 'all';
