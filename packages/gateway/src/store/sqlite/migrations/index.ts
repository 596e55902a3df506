import type { Migration } from '../migrate.ts';
import { initial } from './0001-initial.ts';
import { endedCalls } from './0002-ended-calls.ts';
import { switchWishes } from './0003-switch-wishes.ts';
import { apiKeyGrants } from './0004-api-key-grants.ts';
import { dialCounts } from './0005-dial-counts.ts';
import { audit } from './0006-audit.ts';
import { eventReceipts } from './0007-event-receipts.ts';
import { trust } from './0008-trust.ts';
import { onboardingLinks } from './0009-onboarding-links.ts';
import { retention } from './0010-retention.ts';
import { eventsByPhone } from './0011-events-by-phone.ts';
import { commandsByPhone } from './0012-commands-by-phone.ts';
import { callsByPhone } from './0013-calls-by-phone.ts';
import { eventKeys } from './0014-event-keys.ts';

/** Every step of the schema, in order. */
export const MIGRATIONS: readonly Migration[] = [
  initial,
  endedCalls,
  switchWishes,
  apiKeyGrants,
  dialCounts,
  audit,
  eventReceipts,
  trust,
  onboardingLinks,
  retention,
  eventsByPhone,
  commandsByPhone,
  callsByPhone,
  eventKeys,
];
