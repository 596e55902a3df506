import type { Forward, ForwardKind, PhoneFeatures } from '@hookswitch/driver-kit/virtual';

/** The kinds of call forwarding that a phone has. */
export const FORWARD_KINDS = ['always', 'busy', 'noAnswer'] as const satisfies readonly ForwardKind[];

/** Calls `listener` after each change of a forwarding, by whomever. @param listener is told which, and how it was before */
export const onForward = (
  { forwards }: Pick<PhoneFeatures, 'forwards'>,
  listener: (kind: ForwardKind, before: Forward | undefined) => void,
): void => {
  for (const kind of FORWARD_KINDS) {
    forwards.onChange(({ key, before }) => {
      if (key === kind) listener(kind, before);
    });
  }
};
