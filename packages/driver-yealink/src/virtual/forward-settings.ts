import type { ForwardKind, ObservableMap, PhoneFeatures } from '@hookswitch/driver-kit/virtual';

const KINDS: Readonly<Record<string, ForwardKind>> = {
  'forward.always': 'always',
  'forward.busy': 'busy',
  'forward.no_answer': 'noAnswer',
};

/** `forward.no_answer.timeout` counts rings of 6 seconds. */
const SECONDS_A_RING = 6;

/**
 * Lets the phone's forwards follow its settings: `forward.always.enable = 1` switches it on, however it got there.
 * Lines that come together act together, so that one event is reported and not one a line.
 */
export const followForwardSettings = (settings: ObservableMap<string>, features: PhoneFeatures): void => {
  const changed = new Map<string, ForwardKind>();
  settings.onChange(({ key }) => {
    const prefix = key.replace(/\.(?:enable|target|timeout)$/, '');
    const kind = KINDS[prefix];
    if (prefix === key || kind === undefined) return;
    if (changed.size === 0) queueMicrotask(() => apply());
    changed.set(prefix, kind);
  });
  const apply = () => {
    for (const forward of changed) setForward(forward, settings, features);
    changed.clear();
  };
};

const setForward = (
  [prefix, kind]: readonly [prefix: string, kind: ForwardKind],
  settings: ObservableMap<string>,
  features: PhoneFeatures,
): void => {
  const value = (name: string) => settings.get(`${prefix}.${name}`) ?? '';
  const rings = value('timeout');
  features.setForward(kind, {
    on: value('enable') === '1',
    target: value('target'),
    ...(rings === '' ? {} : { afterSeconds: Number(rings) * SECONDS_A_RING }),
  });
};
