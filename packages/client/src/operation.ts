/**
 * An operation of the API with the types of its variables and result. Those of this package have an id and stand in
 * `persisted-operations.json`; own ones are made by {@link operation}.
 */
export interface Operation<Result, Variables> {
  readonly name: string;
  /** SHA-256 of the text in hexadecimal digits; null: it is in no manifest. */
  readonly id: string | null;
  readonly text: string;
  /** For types only: never there. */
  readonly types?: (variables: Variables) => Result;
}

/** What code generators make: a text with types, such as `TypedDocumentString` of graphql-codegen. */
export interface TypedText<Result, Variables> {
  toString(): string;
  /** Where graphql-codegen puts the id of a persisted document. */
  readonly __meta__?: object | undefined;
  readonly __apiType?: (variables: Variables) => Result;
}

/**
 * Makes an operation of an own document.
 * @param document its text, with types where a generator gave them
 */
export function operation<Result, Variables>(document: TypedText<Result, Variables>): Operation<Result, Variables> {
  const text = document.toString();
  const [, name = 'anonymous'] = /(?:query|mutation|subscription)\s+(\w+)/.exec(text) ?? [];
  const hash = Object.entries(document.__meta__ ?? {}).find(([key]) => key === 'hash')?.[1];
  return { name, id: typeof hash === 'string' ? hash : null, text };
}

/** What is sent for an operation: its id alone where the gateway knows it, else its text. */
export function payloadOf<Result, Variables>(
  { id, text, name }: Operation<Result, Variables>,
  { variables, persisted }: { readonly variables: Variables; readonly persisted: boolean },
): {
  readonly query: string;
  readonly variables: Variables;
  readonly operationName?: string;
  readonly documentId?: string;
} {
  if (persisted && id !== null) return { query: '', documentId: id, variables };
  return name === 'anonymous' ? { query: text, variables } : { query: text, operationName: name, variables };
}
