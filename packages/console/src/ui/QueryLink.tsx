import { stringifyDocument, type TypedDocumentNode } from '@urql/core';
import { Braces } from 'lucide-react';
import { Link } from 'wouter';
import { operationPath } from '../explorer/operation-path.ts';

interface QueryLinkProps<Variables> {
  readonly document: TypedDocumentNode<unknown, Variables>;
  readonly variables?: NoInfer<Variables>;
  /** What the operation is for, for those who hear the page. */
  readonly label: string;
}

/** Leads to the operation behind a panel, ready to run. */
export function QueryLink<Variables>({ document, variables, label }: QueryLinkProps<Variables>) {
  return (
    <Link
      href={operationPath({ query: stringifyDocument(document), variables: JSON.stringify(variables ?? {}, null, 2) })}
      aria-label={`${label}: open the query in the explorer`}
      title="The query behind this"
      className="inline-grid size-8 place-items-center rounded-lg text-soft hover:bg-raised hover:text-ink"
    >
      <Braces aria-hidden className="size-4" />
    </Link>
  );
}
