import type { Migration } from '../migrate.ts';
import { initial } from './0001-initial.ts';
import { laneTokens } from './0002-lane-tokens.ts';
import { severalGateways } from './0003-several-gateways.ts';
import { retention } from './0004-retention.ts';
import { domainOfTheLog } from './0005-domain-of-the-log.ts';

/** The steps of the schema, in order. */
export const MIGRATIONS: readonly Migration[] = [initial, laneTokens, severalGateways, retention, domainOfTheLog];
