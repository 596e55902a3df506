import {
  coerceInputValue,
  type GraphQLError,
  type GraphQLSchema,
  isInputType,
  isNonNullType,
  type OperationDefinitionNode,
  typeFromAST,
  type VariableDefinitionNode,
} from 'graphql';
import { valueError } from './value-errors.ts';

const MAX_ERRORS = 20;

/**
 * What is wrong with an operation's variables. graphql-js checks them too, but its errors repeat the whole value: an
 * `addPhone` without a name would get its password back in the error.
 */
export function checkVariables(
  schema: GraphQLSchema,
  operation: OperationDefinitionNode,
  values: Readonly<Record<string, unknown>>,
): readonly GraphQLError[] {
  const errors = (operation.variableDefinitions ?? []).flatMap((definition) =>
    checkVariable(schema, definition, values),
  );
  return errors.slice(0, MAX_ERRORS);
}

function checkVariable(
  schema: GraphQLSchema,
  definition: VariableDefinitionNode,
  values: Readonly<Record<string, unknown>>,
): readonly GraphQLError[] {
  const name = definition.variable.name.value;
  const type = typeFromAST(schema, definition.type);
  if (!isInputType(type)) return [];
  if (!Object.hasOwn(values, name)) {
    const isMissing = isNonNullType(type) && definition.defaultValue === undefined;
    return isMissing ? [valueError(name, `A value of type "${type}" is needed.`, [definition])] : [];
  }
  if (values[name] === null && !isNonNullType(type)) return [];
  const errors: GraphQLError[] = [];
  coerceInputValue(values[name], type, (path, _value, error) => {
    errors.push(valueError([name, ...path].join('.'), error.message, [definition]));
  });
  return errors;
}
