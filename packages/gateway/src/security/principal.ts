import type { Caller, Instant } from '../model.ts';
import type { Scope } from './scopes.table.ts';

/** What a caller may do and see. */
export interface Grant {
  readonly scopes: readonly Scope[];
  /** Only phones that have one of these tags exist for the caller; null: all phones. */
  readonly tags: readonly string[] | null;
  /** Phone numbers are shown to the caller cut short. */
  readonly masksNumbers: boolean;
  /** From then on the caller is nobody; null: never. */
  readonly expiresAt: Instant | null;
}

/** A caller who has proved who they are, with their rights. */
export interface Principal extends Caller, Grant {
  readonly kind: 'API_KEY' | 'JWT';
}

/**
 * What of a principal decides what is seen, as long as the credential is good: all but who it is. A right that is added
 * to principals is one of these.
 */
export type Rights = Omit<Principal, keyof Caller | 'kind' | 'expiresAt'>;

/** The rights of a principal; two whose rights have one text are shown the same. */
export function rightsOf({ scopes, tags, masksNumbers }: Rights): Rights & { readonly text: string } {
  const rights: Rights = { scopes: scopes.toSorted(), tags: tags?.toSorted() ?? null, masksNumbers };
  return { ...rights, text: JSON.stringify(rights) };
}

/** Whether the caller holds that scope: `admin` holds every one. */
export function holds({ scopes }: Pick<Grant, 'scopes'>, scope: Scope): boolean {
  return scopes.includes(scope) || scopes.includes('admin');
}

/**
 * `admin` means everything: a grant that narrows phones or masks numbers does not hold it. Otherwise whoever is
 * narrowed could make a wider key.
 */
export function isContradiction({ scopes, tags, masksNumbers }: Omit<Grant, 'expiresAt'>): boolean {
  return scopes.includes('admin') && (tags !== null || masksNumbers);
}
