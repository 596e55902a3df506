import { type Logger, type LoggerOptions, pino, stdTimeFunctions } from 'pino';
import pretty from 'pino-pretty';

/** Names under which a secret could be logged by mistake. */
const SECRET_PATHS = ['password', 'authorization', 'apiKey', 'adminKey', 'token', 'secret'].flatMap((name) => [
  name,
  `*.${name}`,
  `*.*.${name}`,
]);

/** JSON lines; for people where the output is a terminal. Secrets are masked. */
export function createLog(level: string, output: NodeJS.WriteStream = process.stdout): Logger {
  const options: LoggerOptions = {
    level,
    redact: { paths: SECRET_PATHS, censor: '***' },
    base: null,
    timestamp: stdTimeFunctions.isoTime,
  };
  return output.isTTY ? pino(options, pretty({ destination: output, sync: true })) : pino(options, output);
}
