import { plainWords } from '../ui/names.ts';
import { Panel } from '../ui/Panel.tsx';
import { QueryLink } from '../ui/QueryLink.tsx';
import { type PhoneDetails, PhonePageQuery } from './documents.ts';

const LOOKS = {
  VERIFIED: 'bg-ok-wash text-ok',
  DOCUMENTED: 'bg-brand-wash text-brand',
  ASSUMED: 'bg-ring-wash text-ring',
} as const;

const MEANINGS = {
  VERIFIED: 'Verified: seen in a recorded exchange with such a phone',
  DOCUMENTED: 'Documented: a manual says so',
  ASSUMED: 'Assumed: neither is at hand; it is likely',
} as const;

/** What this phone can do, over what, and how that is known. */
export function CapabilitiesPanel({ phone }: { readonly phone: PhoneDetails }) {
  return (
    <Panel
      title="Capabilities"
      aside={<QueryLink label="Capabilities" document={PhonePageQuery} variables={{ id: phone.id }} />}
    >
      <p className="mb-3 text-xs text-soft">
        Of {phone.model ?? 'an unknown model'}, firmware {phone.firmware ?? 'unknown'}, by{' '}
        {phone.driver?.name ?? 'no driver'} {phone.driver?.version}.
      </p>
      <div className="overflow-x-auto">
        <table className="w-full text-left text-[13px]">
          <thead className="text-xs text-soft">
            <tr>
              <th scope="col" className="py-1 pr-3 font-medium">
                Capability
              </th>
              <th scope="col" className="py-1 pr-3 font-medium">
                Over, in order
              </th>
              <th scope="col" className="py-1 font-medium">
                Evidence
              </th>
            </tr>
          </thead>
          <tbody className="divide-y divide-line">
            {phone.capabilities.map(({ capability, evidence, source, transports }) => (
              <tr key={capability}>
                <th scope="row" className="py-1.5 pr-3 align-top font-medium">
                  {plainWords(capability)}
                </th>
                <td className="py-1.5 pr-3 align-top text-xs">{transports.join(' → ')}</td>
                <td className="py-1.5 align-top text-xs">
                  <span
                    title={MEANINGS[evidence]}
                    className={`mr-2 inline-block rounded px-1.5 font-medium ${LOOKS[evidence]}`}
                  >
                    {plainWords(evidence)}
                  </span>
                  <span className="text-soft">{source}</span>
                </td>
              </tr>
            ))}
          </tbody>
        </table>
      </div>
    </Panel>
  );
}
