import type { CombinedError } from '@urql/core';

/** Something that went wrong, in words that say what to do. */
export interface Problem {
  readonly title: string;
  readonly advice: string;
  /** The key opens nothing (any more). */
  readonly isSignedOut: boolean;
}

/** What an error of a query or a mutation means for the one who looks at it. */
export function problemOf(error: CombinedError): Problem {
  const code = error.graphQLErrors[0]?.extensions['code'];
  const status: unknown = error.response?.status;
  if (code === 'UNAUTHENTICATED' || status === 401) {
    return {
      title: 'This key opens nothing here',
      advice:
        'It may be mistyped, revoked or expired. Ask whoever runs the gateway for a key, or sign in with another.',
      isSignedOut: true,
    };
  }
  if (error.networkError !== undefined && status === undefined) {
    return {
      title: 'The gateway does not answer',
      advice: 'Check that it runs and that this computer reaches it, then try again.',
      isSignedOut: false,
    };
  }
  if (code === 'FORBIDDEN') {
    return {
      title: 'Your key does not allow that',
      advice: `${error.graphQLErrors[0]?.message ?? ''} Ask whoever runs the gateway for a key with that right.`,
      isSignedOut: false,
    };
  }
  return {
    title: 'The gateway refused that',
    advice: error.graphQLErrors.map(({ message }) => message).join(' ') || `It answered ${String(status)}.`,
    isSignedOut: false,
  };
}
