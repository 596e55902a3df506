import { type ForwardPage, RequestError } from '../application.ts';
import { builder } from './builder.ts';
import { LARGEST_PAGE, PAGE } from './page-sizes.ts';

/** The arguments of a list that is read forward only. */
export const forwardArgs = builder.args((t) => ({ first: t.int({ defaultValue: PAGE }), after: t.string() }));

/** The arguments of the event log, which is read from either end. */
export const logArgs = builder.args((t) => ({
  first: t.int(),
  after: t.string(),
  last: t.int(),
  before: t.string(),
}));

type Nullable<Page> = { readonly [Key in keyof Page]?: Page[Key] | null | undefined };

/** Values of {@link forwardArgs}. */
export type ForwardArguments = Nullable<ForwardPage>;

/** The page that {@link forwardArgs} ask for. Throws BAD_USER_INPUT. */
export function forwardPage(args: ForwardArguments): ForwardPage {
  return { first: sizeOf('first', args.first) ?? PAGE, after: args.after ?? undefined };
}

/** A page of the event log. */
export interface LogPage {
  readonly first?: number | undefined;
  readonly after?: string | undefined;
  readonly last?: number | undefined;
  readonly before?: string | undefined;
}

/** Values of {@link logArgs}. */
export type LogArguments = Nullable<LogPage>;

/** The page that {@link logArgs} ask for. Throws BAD_USER_INPUT. */
export function logPage(args: LogArguments): LogPage {
  const first = sizeOf('first', args.first);
  const last = sizeOf('last', args.last);
  if (first !== undefined && last !== undefined) {
    throw new RequestError('BAD_USER_INPUT', 'first, last: a page is read from one end only.');
  }
  const size = last === undefined ? { first: first ?? PAGE } : { last };
  return { ...size, after: args.after ?? undefined, before: args.before ?? undefined };
}

function sizeOf(argument: string, size: number | null | undefined): number | undefined {
  if (size === null || size === undefined) return undefined;
  if (size >= 0 && size <= LARGEST_PAGE) return size;
  throw new RequestError('BAD_USER_INPUT', `${argument}: a page holds 0 to ${LARGEST_PAGE}, not ${size}.`);
}
