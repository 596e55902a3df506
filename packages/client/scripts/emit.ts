import { codegen } from '@graphql-codegen/core';
import * as operationsPlugin from '@graphql-codegen/typescript-operations';
import { parse } from 'graphql';
import {
  type CommandField,
  commandFields,
  fragmentTexts,
  readDocuments,
  readSchema,
  type WrittenOperation,
  writeOperations,
} from './documents.ts';

const HEADER = '// Generated from the schema and operations/ by `npm run generate`. Do not edit.\n';

/** @returns the texts of all generated files by their paths in the package */
export async function generateFiles(): Promise<ReadonlyMap<string, string>> {
  const { text, schema } = readSchema();
  const commands = commandFields(schema);
  const documents = readDocuments(commands);
  const operations = writeOperations(documents);
  const types = await codegen({
    schema: parse(text),
    schemaAst: schema,
    documents: documents.map((document, index) => ({ location: String(index), document })),
    filename: 'types.ts',
    config: {},
    plugins: [
      {
        operations: {
          enumType: 'string-literal',
          immutableTypes: true,
          skipTypename: true,
          mergeFragmentTypes: true,
          maybeValue: 'T | null',
          inputMaybeValue: 'T | null | undefined',
          strictScalars: true,
          scalars: {
            ID: 'string',
            DateTime: 'string',
            JSON: 'Readonly<Record<string, unknown>>',
            MacAddress: 'string',
            PhoneKey: 'string',
          },
        },
      },
    ],
    pluginMap: { operations: operationsPlugin },
  });
  const manifest = Object.fromEntries(operations.map(({ id, text: sent }) => [id, sent]));
  return new Map([
    ['src/generated/types.ts', `${HEADER}${types}\n`],
    ['src/generated/operations.ts', operationsFile(operations, fragmentTexts(documents))],
    ['src/generated/commands.ts', commandsFile(commands)],
    ['persisted-operations.json', `${JSON.stringify(manifest, undefined, 2)}\n`],
  ]);
}

function operationsFile(operations: readonly WrittenOperation[], fragments: ReadonlyMap<string, string>): string {
  const used = [...fragments].filter(([name]) => operations.some((operation) => operation.fragments.includes(name)));
  return [
    HEADER,
    `import type { Operation } from '../operation.ts';\nimport type * as Types from './types.ts';\n\n`,
    ...used.map(([name, text]) => `const ${name} = ${quote(text)};\n`),
    ...operations.map(({ name, kind, body, fragments: spread, id }) => {
      const type = `${capital(name)}${capital(kind)}`;
      const text = [quote(body), ...spread].join(' + ');
      return [
        `\n/** \`${kind} ${name}\` */`,
        `export const ${name}: Operation<Types.${type}, Types.${type}Variables> = {`,
        `  name: '${name}',`,
        `  id: '${id}',`,
        `  text: ${text},`,
        '};\n',
      ].join('\n');
    }),
  ].join('');
}

function commandsFile(commands: readonly CommandField[]): string {
  const inputs = commands.map(({ input }) => input).sort();
  const method = ({ name, description, input, isInputNeeded }: CommandField): string => {
    const comment = [
      `   * \`${name}\`.`,
      ...(description === null ? [] : description.split('\n').map((l) => `   * ${l}`)),
    ];
    const command = isInputNeeded ? `command: ${input}` : `command?: ${input} | null`;
    return `  /**\n${comment.join('\n')}\n   */\n  ${name}(phoneId: string, ${command}, options?: CommandOptions): Promise<CommandOutcome>;\n`;
  };
  const made = ({ name }: CommandField): string =>
    `    ${name}: (phoneId, command, options) => run(operations.${name}, { phoneId, command }, options),\n`;
  return [
    HEADER,
    `import type { CommandOptions, CommandOutcome, RunCommand } from '../command.ts';\n`,
    `import * as operations from './operations.ts';\n`,
    `import type {\n${inputs.map((input) => `  ${input},\n`).join('')}} from './types.ts';\n\n`,
    '/** One method for each command that the schema has. */\n',
    `export interface Commands {\n${commands.map(method).join('\n')}}\n\n`,
    '/** All of them, each run in that way. */\n',
    `export function createCommands(run: RunCommand): Commands {\n  return {\n${commands.map(made).join('')}  };\n}\n`,
  ].join('');
}

function quote(text: string): string {
  return `'${text.replaceAll('\\', '\\\\').replaceAll("'", "\\'")}'`;
}

function capital(text: string): string {
  return `${text.charAt(0).toUpperCase()}${text.slice(1)}`;
}
