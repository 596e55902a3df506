import type { SnomParts } from './parts.ts';
import { tellDoNotDisturb, tellForwarding } from './sip/csta-events.ts';

/** Fires the action URLs of do not disturb and call forwarding whenever one of them is switched, by whomever. */
export const reportFeatures = (parts: SnomParts): void => {
  const { features } = parts;
  features.flags.onChange(({ key, after }) => {
    if (key === 'dnd') {
      void parts.reporter.report(after ? 'action_dnd_on_url' : 'action_dnd_off_url');
      tellDoNotDisturb(parts, after === true);
    }
    parts.redraw();
  });
  features.forwards.onChange(({ key, before, after }) => {
    if (before?.on === after?.on) return;
    if (after !== undefined) tellForwarding(parts, key, after);
    void parts.reporter.report(after?.on ? 'action_redirection_on_url' : 'action_redirection_off_url');
  });
};
