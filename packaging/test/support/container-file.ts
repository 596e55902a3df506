import { readFileSync } from 'node:fs';
import { fileURLToPath } from 'node:url';
import { DockerfileParser, type Instruction, JSONInstruction } from 'dockerfile-ast';

/** The repository's root. */
export const REPOSITORY = fileURLToPath(new URL('../../../', import.meta.url));

/** The container file. */
export const CONTAINER_FILE = readFileSync(`${REPOSITORY}packaging/container/Dockerfile`, 'utf8');

const LINES = CONTAINER_FILE.split('\n');

/** One stage of a container file. */
export interface Stage {
  readonly instructions: readonly Instruction[];
  /** What RUN, ENV and the like are given, without options such as `--chown`. */
  readonly all: (keyword: string) => readonly string[];
  /** Its lines as they are written. */
  readonly lines: (keyword: string) => readonly string[];
  /** The words of an instruction in its JSON form; of an option's, those behind the options. */
  readonly words: (keyword: string) => readonly string[];
}

/** The stages of the container file, in order. */
export function stages(): readonly Stage[] {
  const byStage: Instruction[][] = [];
  for (const instruction of DockerfileParser.parse(CONTAINER_FILE).getInstructions()) {
    if (instruction.getKeyword() === 'FROM') byStage.push([]);
    byStage.at(-1)?.push(instruction);
  }
  return byStage.map((instructions) => {
    const named = (keyword: string) => instructions.filter((instruction) => instruction.getKeyword() === keyword);
    return {
      instructions,
      all: (keyword) => named(keyword).map((instruction) => instruction.getArgumentsContent() ?? ''),
      lines: (keyword) => named(keyword).map((instruction) => LINES[instruction.getRange().start.line] ?? ''),
      words: (keyword) => {
        const last = named(keyword).at(-1);
        if (!(last instanceof JSONInstruction)) throw new Error(`no ${keyword} in its JSON form`);
        return last.getJSONStrings().map((word) => word.getJSONValue());
      },
    };
  });
}

/** The environment that ENV makes. */
export function environmentOf(stage: Stage): Readonly<Record<string, string>> {
  const pairs = stage.all('ENV').flatMap((line) => line.split(/\s+/).map((pair) => pair.split('=')));
  return Object.fromEntries(pairs.map(([name = '', value = '']) => [name, value]));
}
