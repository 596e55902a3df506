import { once } from 'node:events';
import { readFile, writeFile } from 'node:fs/promises';
import { resolve } from 'node:path';
import { Command } from 'commander';
import { checkedOptions } from '../conformance/subject.ts';
import { type EventReader, eventReader, PhoneRecorder, type PhoneRecorderOptions } from '../record/recorder.ts';
import { harnessOf } from './harness-of.ts';

/** What `record` is given besides the package's folder. */
interface RecordOptions {
  readonly phone?: string;
  readonly sip?: string;
  readonly gateway?: string;
  readonly host: string;
  readonly port?: string;
  readonly sipPort?: string;
  readonly eventPort?: string;
  readonly name: string;
  readonly model: string;
  readonly firmware: string;
  readonly capability: string;
  readonly rung: string;
  readonly member: string;
  readonly command?: string;
  readonly secrets?: string;
  readonly number: readonly string[];
  readonly keepMacs?: true;
  readonly out: string;
}

/** What stands in the file of secrets. */
interface SecretsFile {
  readonly login?: { readonly username: string; readonly password: string };
  readonly secrets?: readonly string[];
}

/** `hookswitch-driver record`: stands before a real phone until it is interrupted, then writes the recording. */
export function recordCommand(): Command {
  const collect = (value: string, list: readonly string[]): readonly string[] => [...list, value];
  return new Command('record')
    .description(
      'stand between a gateway, or curl, and a real phone, and write what they say as a recording without secrets',
    )
    .argument('[folder]', 'of the driver package, whose harness reads action URLs', '.')
    .option('--phone <url>', "the phone's web interface, http://192.0.2.10")
    .option('--sip <uri>', "the phone's SIP URI, sip:1001@192.0.2.10")
    .option('--gateway <url>', 'where action URLs of the phone go on to')
    .option('--host <address>', 'the address to listen on', '127.0.0.1')
    .option('--port <port>', 'for HTTP to the phone; default any')
    .option('--sip-port <port>', 'for SIP to the phone; default any')
    .option('--event-port <port>', 'for action URLs of the phone; default any')
    .requiredOption('--name <words>', 'of the recording')
    .requiredOption('--model <model>', 'of the phone')
    .requiredOption('--firmware <version>', 'of the phone')
    .requiredOption('--capability <name>', 'such as DIAL')
    .requiredOption('--rung <transport>', 'as the suite calls it, such as HTTP', 'HTTP')
    .requiredOption('--member <name>', 'such as dial')
    .option('--command <json>', "the member's argument")
    .option('--secrets <file>', 'JSON: {"login": {"username", "password"}, "secrets": ["…"]}')
    .option('--number <digits>', 'a number to be replaced besides those that are found; may be repeated', collect, [])
    .option('--keep-macs', 'do not replace MAC addresses')
    .requiredOption('--out <file>', 'the recording')
    .action(record);
}

async function record(folder: string, options: RecordOptions): Promise<void> {
  const { name, model, firmware, capability, rung, member } = options;
  await using recorder = new PhoneRecorder(await recorderOptions(folder, options));
  await recorder.start();
  const { phone, sip, gateway } = recorder.addresses;
  if (phone !== null) say(`The gateway reaches the phone at ${phone}`);
  if (sip !== null) say(`The gateway reaches the phone by SIP at ${sip}`);
  if (gateway !== null) say(`The phone reaches the gateway at ${gateway}`);
  say('Give the command. Interrupt (Ctrl-C) when the phone has done it.');
  await once(process, 'SIGINT');
  const command = options.command === undefined ? {} : { command: JSON.parse(options.command) };
  const recording = recorder.recording({ name, model, firmware, capability, rung, member, ...command });
  await writeFile(options.out, `${JSON.stringify(recording, null, 2)}\n`);
  say(`${recorder.count} exchanges, in ${options.out}. Look through it before you give it away.`);
}

async function recorderOptions(folder: string, options: RecordOptions): Promise<PhoneRecorderOptions> {
  const { phone, sip, gateway, host } = options;
  const secrets: SecretsFile =
    options.secrets === undefined ? {} : JSON.parse(await readFile(resolve(options.secrets), 'utf8'));
  const port = (text: string | undefined): number => Number(text ?? 0);
  return {
    host,
    ports: { http: port(options.port), events: port(options.eventPort), sip: port(options.sipPort) },
    ...(phone === undefined ? {} : { phone }),
    ...(sip === undefined ? {} : { sip }),
    ...(gateway === undefined ? {} : { events: { gateway, read: await readerFor(folder, options) } }),
    redaction: { ...secrets, numbers: options.number, macs: options.keepMacs !== true },
  };
}

async function readerFor(folder: string, { model, firmware }: RecordOptions): Promise<EventReader> {
  const { driver } = await harnessOf(resolve(folder));
  const reachableBy = { http: true, sip: true };
  return eventReader(driver, { model, firmware, mac: null, options: checkedOptions(driver, {}), reachableBy });
}

function say(line: string): void {
  process.stdout.write(`${line}\n`);
}
