import { useMutation } from 'urql';
import { problemOf } from '../session/problems.ts';
import { Button } from '../ui/Button.tsx';
import { vendorName } from '../ui/names.ts';
import { clock } from '../ui/now.ts';
import { Trouble } from '../ui/Panel.tsx';
import { CreateOnboardingLinkMutation } from './documents.ts';

/** Makes a link, and shows what is put into which setting of phones; once. */
export function OnboardingLink() {
  const [{ data, error, fetching }, create] = useMutation(CreateOnboardingLinkMutation);
  const made = data?.createOnboardingLink ?? null;
  if (made === null) {
    return (
      <>
        {error !== undefined && <Trouble title={problemOf(error).title}>{problemOf(error).advice}</Trouble>}
        <Button small disabled={fetching} onClick={() => void create({})}>
          Make a link for phones
        </Button>
      </>
    );
  }
  return (
    <div role="status" className="rounded-lg bg-ok-wash p-3 text-[13px]">
      <p>
        Put one of these into your phones, by hand or by provisioning. A phone that starts is shown above. It works
        until {clock(made.link.expiresAt)}; the addresses are shown only this once.
      </p>
      <dl className="mt-2 space-y-2">
        {made.urls.map(({ vendor, setting, url }) => (
          <div key={`${vendor} ${setting}`}>
            <dt className="text-xs">
              {vendorName(vendor)}: <code>{setting}</code>
            </dt>
            <dd>
              <code className="block rounded bg-panel p-2 font-mono text-xs break-all select-all">{url}</code>
            </dd>
          </div>
        ))}
      </dl>
    </div>
  );
}
