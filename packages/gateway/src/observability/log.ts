import { type Logger, type LoggerOptions, pino, stdSerializers, stdTimeFunctions } from 'pino';
import pretty from 'pino-pretty';
import { maskText } from '../security/mask/mask-numbers.ts';

/** Names under which a secret could be logged by mistake. */
const SECRET_PATHS = ['password', 'authorization', 'apiKey', 'adminKey', 'token', 'secret'].flatMap((name) => [
  name,
  `*.${name}`,
  `*.*.${name}`,
]);

/** Fields that name things and hold no phone number, though digits. */
const NAMES: ReadonlySet<string> = new Set(['requestId', 'command', 'call', 'url', 'phone', 'vendor', 'signal']);

/** How the log is written. */
export interface LogOptions {
  /** Whether phone numbers stand in it cut short. Left out: they do. */
  readonly maskNumbers?: boolean | undefined;
}

/** JSON lines; for people where the output is a terminal. Secrets are masked, and phone numbers unless they are wanted. */
export function createLog(
  level: string,
  output: NodeJS.WriteStream = process.stdout,
  { maskNumbers = true }: LogOptions = {},
): Logger {
  const options: LoggerOptions = {
    level,
    redact: { paths: SECRET_PATHS, censor: '***' },
    base: null,
    timestamp: stdTimeFunctions.isoTime,
    ...(maskNumbers && MASKING),
  };
  return output.isTTY ? pino(options, pretty({ destination: output, sync: true })) : pino(options, output);
}

const MASKING: Pick<LoggerOptions, 'formatters' | 'serializers' | 'hooks'> = {
  formatters: { log: maskFields },
  serializers: { err: maskError },
  hooks: {
    logMethod(given, method) {
      const [first, message, ...rest] = given;
      // A message alone, or behind its fields.
      if (typeof first === 'string') method.call(this, maskText(first), message, ...rest);
      else method.call(this, first, message === undefined ? message : maskText(message), ...rest);
    },
  },
};

function maskFields(fields: Record<string, unknown>): Record<string, unknown> {
  return Object.fromEntries(
    Object.entries(fields).map(([name, value]) => [
      name,
      typeof value === 'string' && !NAMES.has(name) ? maskText(value) : value,
    ]),
  );
}

function maskError(error: unknown): unknown {
  if (!(error instanceof Error)) return error;
  const { message, ...rest } = stdSerializers.err(error);
  const masked = maskText(message);
  // Lines of the stack are numbered: of it only the message is masked.
  return { ...rest, message: masked, stack: (error.stack ?? '').replaceAll(error.message, masked) };
}
