import { BlockList, isIP } from 'node:net';
import type { Client, Phone } from '@hookswitch/client';
import { fixOf, take } from '../fault.ts';
import { allPhones, findPhone } from '../find-phone.ts';
import { withProgress } from '../output/progress.ts';
import type { LocalConfig } from './examine-config.ts';
import { type Finding, well } from './finding.ts';
import { TEST_SAID_BY } from './said-by.table.ts';
import { withoutRepetition } from './without-repetition.ts';

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
  const phones = new Map<string, Phone>();
  for (const one of wanted) {
    const phone = await findPhone(client, one);
    phones.set(phone.id, phone);
  }
  if (wanted.length === 0) for (const phone of await allPhones(client, undefined)) phones.set(phone.id, phone);
  if (phones.size === 0) {
    const fix = 'Add one: `hookswitch phones add NAME --address ADDRESS`.';
    return [{ about: 'phones', code: 'NO_PHONES', severity: 'NOTICE', message: 'there are none yet.', fix }];
  }
  const found = await withProgress('phones', withTellingNames([...phones.values()]), async (phone) => {
    const known = [...examineAllowList(phone, config), ...(await diagnose(client, phone))];
    return withoutRepetition(events ? [...known, ...(await examineEventPath(client, phone, known))] : known);
  });
  return found.flat();
}

/** Names need not be the only ones: phones that share one are told apart by what else they have. */
function withTellingNames(phones: readonly Phone[]): readonly Phone[] {
  const sharing = Map.groupBy(phones, ({ name }) => name);
  return phones.map((phone) => {
    const { name, mac, address, id } = phone;
    return sharing.get(name)?.length === 1 ? phone : { ...phone, name: `${name} (${mac ?? address ?? id})` };
  });
}

async function diagnose(client: Client, { id, name }: Phone): Promise<readonly Finding[]> {
  const findings = take(await client.diagnosis(id));
  const told = findings.filter(({ severity }) => severity !== 'OK');
  if (told.length === 0) return [well(name, 'PHONE_FINE', findings.map(({ message }) => message).join(' '))];
  return told.map(({ code, severity, message, fix }) => ({ about: name, code, severity, message, fix }));
}

/** @param known what is known of the phone: that the test fails for the same reason is no other finding */
async function examineEventPath(
  client: Client,
  { id, name }: Phone,
  known: readonly Finding[],
): Promise<readonly Finding[]> {
  const tested = await client.verifyEventPath(id);
  if (tested.ok) return [well(name, 'EVENT_PATH_WHOLE', 'its events arrive.')];
  const { failure } = tested;
  const { code, message } = failure;
  const saying = TEST_SAID_BY['hop' in failure ? failure.hop : code] ?? [];
  const isKnown = known.some(
    (finding) =>
      finding.severity === 'PROBLEM' && ([code, ...saying].includes(finding.code) || finding.message === message),
  );
  if (isKnown) return [];
  return [{ about: name, code, severity: 'PROBLEM', message, fix: code === 'EVENT_PATH_BROKEN' ? MEND : fixOf(code) }];
}

/** Elsewhere doctor is what to run then. */
const MEND = 'Mend what it names; `hookswitch phones verify PHONE --configure` writes its action URLs and tries again.';

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
