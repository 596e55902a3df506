import type { RecordedSipRequest } from '@hookswitch/driver-kit/virtual';

/** A header of a request, by its name in lower case; empty where it is not there. */
export const headerOf = ({ headers }: Pick<RecordedSipRequest, 'headers'>, name: string): string => headers[name] ?? '';
