import type { Command } from 'commander';
import { type Connection, withConnection } from '../connect.ts';
import { examineConfig } from '../doctor/examine-config.ts';
import { examineEngines } from '../doctor/examine-engines.ts';
import { examineGateway } from '../doctor/examine-gateway.ts';
import { examinePhones } from '../doctor/examine-phones.ts';
import type { Finding } from '../doctor/finding.ts';
import { type FindingGroup, findingLines, groupFindings } from '../doctor/group-findings.ts';
import { Fault } from '../fault.ts';
import { oneLine, paint, say } from '../output/terminal.ts';
import { runWithClient } from '../run.ts';

interface DoctorOptions extends Connection {
  readonly config?: string;
  readonly events?: true;
  readonly json?: true;
}

const MARKS = { OK: ['green', '✔'], NOTICE: ['yellow', '!'], PROBLEM: ['red', '✖'] } as const;

/** `doctor`: looks for what is wrong, and says what to do. */
export function addDoctor(program: Command): void {
  const command = program
    .command('doctor')
    .summary('look for what is wrong')
    .description(
      'Looks at the configuration of this machine, the engines that it names, the gateway (reachability, store, clock, key) and its phones ' +
        '(reachability, credentials, prompts, allow lists, event path), and says what to do about each fault.',
    )
    .argument('[phones...]', 'only these: names, extensions, MAC addresses or ids. Left out: all')
    .option('--config <file>', 'configuration file of the gateway, where it is on this machine')
    .option('--events', 'have each phone make a harmless event, and wait for it')
    .option('--json', 'one JSON object a line, for each finding and place')
    .addHelpText('after', '\nExamples:\n  hookswitch doctor\n  hookswitch doctor 101 --events');
  withConnection(command).action(
    (wanted: readonly string[], { config: file, events, json, ...connection }: DoctorOptions) =>
      runWithClient(connection, async (client) => {
        let problems = 0;
        const tell = (findings: readonly Finding[]): void => {
          const groups = groupFindings(findings);
          problems += groups.filter(({ severity }) => severity === 'PROBLEM').length;
          if (json === true) for (const finding of findings) say(JSON.stringify(finding));
          else groups.forEach(sayGroup);
        };
        const { config, findings } = await examineConfig(file);
        tell(findings);
        if (config !== null) tell(await examineEngines(config));
        const gateway = await examineGateway(client, connection.url);
        tell(gateway.findings);
        if (gateway.isUsable) tell(await examinePhones(client, { wanted, events: events === true, config }));
        if (problems > 0)
          throw new Fault(
            problems === 1 ? '1 problem.' : `${problems} problems.`,
            'Do what stands below each of them, then run it again.',
          );
      }),
  );
}

function sayGroup(group: FindingGroup): void {
  const [colour, mark] = MARKS[group.severity];
  findingLines(group).forEach((line, index) => {
    say(index === 0 ? `${paint(colour, mark)} ${line}` : `  ${line}`);
  });
  if (group.fix !== null) say(`    do: ${oneLine(group.fix)}`);
}
