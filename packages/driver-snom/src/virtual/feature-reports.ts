import { onForward } from './forwards.ts';
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
  onForward(features, (kind, before) => {
    const forward = features.forward(kind);
    if (before?.on === forward.on) return;
    tellForwarding(parts, kind, forward);
    void parts.reporter.report(forward.on ? 'action_redirection_on_url' : 'action_redirection_off_url');
  });
};
