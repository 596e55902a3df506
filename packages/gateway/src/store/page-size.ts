import { StoreError } from './errors.ts';

/** The largest page. */
const MAX_PAGE = 10_000;

/** Checks the size of a page, since an engine may take a negative limit for none. @throws StoreError `FAULT`. */
export function pageSize(limit: number): number {
  if (Number.isInteger(limit) && limit >= 0 && limit <= MAX_PAGE) return limit;
  throw new StoreError('FAULT', `A page holds 0 to ${MAX_PAGE} items, not ${limit}.`);
}
