import { BlockList, isIP } from 'node:net';
import type { Client, Phone } from '@hookswitch/client';
import { fixOf, take } from '../fault.ts';
import { allPhones, findPhone } from '../find-phone.ts';
import { withProgress } from '../output/progress.ts';
import type { LocalConfig } from './examine-config.ts';
import { type Finding, well } from './finding.ts';

/** Which phones are looked at, and how. */
export interface PhonesExamination {
  /** Empty: all. */
  readonly wanted: readonly string[];
  /** Whether each makes an event. */
  readonly events: boolean;
  /** Where it is on this machine, addresses are held against its allow list. */
  readonly config: LocalConfig | null;
}

/** Looks at phones: allow lists, what the gateway finds (reachability, credentials, prompts, switches), their event path. */
export async function examinePhones(
  client: Client,
  { wanted, events, config }: PhonesExamination,
): Promise<readonly Finding[]> {
  const phones: Phone[] = [];
  for (const one of wanted) phones.push(await findPhone(client, one));
  if (wanted.length === 0) phones.push(...(await allPhones(client, undefined)));
  if (phones.length === 0) {
    const fix = 'Add one: `hookswitch phones add NAME --address ADDRESS`.';
    return [{ about: 'phones', code: 'NO_PHONES', severity: 'NOTICE', message: 'there are none yet.', fix }];
  }
  const found = await withProgress('phones', phones, async (phone) => [
    ...examineAllowList(phone, config),
    ...(await diagnose(client, phone)),
    ...(events ? [await examineEventPath(client, phone)] : []),
  ]);
  return found.flat();
}

async function diagnose(client: Client, { id, name }: Phone): Promise<readonly Finding[]> {
  const findings = take(await client.diagnosis(id));
  const told = findings.filter(({ severity }) => severity !== 'OK');
  if (told.length === 0) return [well(name, 'PHONE_FINE', findings.map(({ message }) => message).join(' '))];
  return told.map(({ code, severity, message, fix }) => ({ about: name, code, severity, message, fix }));
}

async function examineEventPath(client: Client, { id, name }: Phone): Promise<Finding> {
  const tested = await client.verifyEventPath(id);
  if (tested.ok) return well(name, 'EVENT_PATH_WHOLE', 'its events arrive.');
  const { code, message } = tested.failure;
  return { about: name, code, severity: 'PROBLEM', message, fix: fixOf(code) };
}

function examineAllowList({ name, address }: Phone, config: LocalConfig | null): readonly Finding[] {
  const host = URL.parse(address ?? '')?.hostname.replace(/^\[(.*)\]$/, '$1') ?? '';
  const family = isIP(host) === 6 ? 'ipv6' : 'ipv4';
  if (config === null || isIP(host) === 0) return [];
  const allowed = new BlockList();
  for (const network of config.allowedTargets) {
    const [base = '', prefix] = network.split('/');
    allowed.addSubnet(base, Number(prefix), isIP(base) === 6 ? 'ipv6' : 'ipv4');
  }
  if (allowed.check(host, family)) return [];
  return [
    {
      about: name,
      code: 'ADDRESS_NOT_ALLOWED',
      severity: 'PROBLEM',
      message: `${host} lies in none of the networks that phones may be in.`,
      fix: 'Add its network to allowedTargets, or correct the address of the phone.',
    },
  ];
}
