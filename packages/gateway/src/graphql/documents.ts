import {
  type DocumentNode,
  GraphQLError,
  type GraphQLSchema,
  ProvidedRequiredArgumentsRule,
  parse,
  specifiedRules,
  type ValidationContext,
  type ValidationRule,
  ValuesOfCorrectTypeRule,
  validate,
} from 'graphql';
import type { ApiLimits } from '../config/api.ts';
import { limitExceeded, shapeErrors } from './measure.ts';
import { argumentPathOf, valueError } from './value-errors.ts';

const CACHED_DOCUMENTS = 500;
const MAX_CACHED_LENGTH = 20_000;
const MAX_ERRORS = 20;

/** Reads and checks documents; the same text is read and checked once. */
export interface Documents {
  /** Throws a GraphQLError GRAPHQL_PARSE_FAILED where the text is no GraphQL. */
  parse(source: string): DocumentNode;
  /** @returns what is wrong with it; a value that its type refuses is BAD_USER_INPUT. */
  validate(document: DocumentNode): readonly GraphQLError[];
}

/** {@link Documents} for that schema. */
export function createDocuments(schema: GraphQLSchema, limits: ApiLimits): Documents {
  const parsed = new Map<string, DocumentNode>();
  const validated = new WeakMap<DocumentNode, readonly GraphQLError[]>();
  return {
    parse(source) {
      const known = parsed.get(source);
      if (known !== undefined) return known;
      const document = parseOrThrow(source, limits.tokens);
      if (source.length <= MAX_CACHED_LENGTH) parsed.set(source, document);
      const [oldest] = parsed.keys();
      if (parsed.size > CACHED_DOCUMENTS && oldest !== undefined) parsed.delete(oldest);
      return document;
    },
    validate(document) {
      const known = validated.get(document);
      if (known !== undefined) return known;
      const tooLarge = shapeErrors(document, limits);
      const errors =
        tooLarge.length > 0 ? tooLarge : validate(schema, document, rules, { maxErrors: MAX_ERRORS }).map(withCode);
      validated.set(document, errors);
      return errors;
    },
  };
}

/** How graphql-js says so; it has no code for it. */
const TOO_MANY_TOKENS = 'tokens. Parsing aborted.';

function parseOrThrow(source: string, maxTokens: number): DocumentNode {
  try {
    return parse(source, { maxTokens });
  } catch (error) {
    if (error instanceof GraphQLError && error.message.includes(TOO_MANY_TOKENS)) {
      throw limitExceeded('tokens', maxTokens);
    }
    if (error instanceof GraphQLError) error.extensions.code = 'GRAPHQL_PARSE_FAILED';
    throw error;
  }
}

const rules = specifiedRules.map((rule) =>
  rule === ValuesOfCorrectTypeRule || rule === ProvidedRequiredArgumentsRule ? aboutValues(rule) : rule,
);

/** The same rule, its errors being about values that their types refuse. */
function aboutValues(rule: ValidationRule): ValidationRule {
  return (context) => {
    const listening: ValidationContext = Object.create(context, {
      reportError: { value: (error: GraphQLError) => context.reportError(refusedValue(error, context.getDocument())) },
    });
    return rule(listening);
  };
}

const missingArgument = /argument "(.+?)"/;

function refusedValue(error: GraphQLError, document: DocumentNode): GraphQLError {
  const [node] = error.nodes ?? [];
  const path = missingArgument.exec(error.message)?.[1] ?? (node && argumentPathOf(document, node));
  return valueError(path || 'value', error.message, error.nodes);
}

function withCode(error: GraphQLError): GraphQLError {
  error.extensions.code ??= 'GRAPHQL_VALIDATION_FAILED';
  return error;
}
