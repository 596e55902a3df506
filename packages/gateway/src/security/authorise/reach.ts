import { type Application, ForbiddenError, RequestError } from '../../application.ts';
import type { Command, Phone } from '../../model.ts';
import { holds, type Principal } from '../principal.ts';
import { COMMAND_SCOPES, type Scope } from '../scopes.table.ts';
import type { OnSecurityEvent } from '../security-events.ts';

/** What one caller may do, and which phones exist for them. Asked anew each time: tags of phones change. */
export interface Reach {
  holds(scope: Scope): boolean;
  /** Throws ForbiddenError without that scope. */
  need(scope: Scope): void;
  seesPhone(phone: Phone): boolean;
  sees(phoneId: string): boolean;
  /** Throws NOT_FOUND for a phone that does not exist for the caller. */
  needPhone(phoneId: string): void;
  /** Commands of visible phones: all with `phones:read`, else those that the caller could give. */
  seesCommand(command: Command): boolean;
  /** The tags that lists are narrowed to; undefined: all phones. */
  readonly withinTags: readonly string[] | undefined;
}

/** The reach of that caller. */
export function reachOf(application: Application, principal: Principal, onSecurityEvent: OnSecurityEvent): Reach {
  const { tags } = principal;
  const seesPhone = (phone: Phone): boolean => tags === null || tags.some((tag) => phone.tags.includes(tag));
  const sees = (phoneId: string): boolean => {
    if (tags === null) return true;
    const phone = application.phones.get(phoneId);
    return phone !== null && seesPhone(phone);
  };
  return {
    holds: (scope) => holds(principal, scope),
    need(scope) {
      if (holds(principal, scope)) return;
      const { id, name } = principal;
      onSecurityEvent({ kind: 'FORBIDDEN', caller: { id, name }, scope });
      throw new ForbiddenError(scope);
    },
    seesPhone,
    sees,
    needPhone(phoneId) {
      if (!sees(phoneId)) throw new RequestError('NOT_FOUND', 'There is no phone with this id.');
    },
    seesCommand: ({ phoneId, name }) =>
      sees(phoneId) && (holds(principal, 'phones:read') || holds(principal, COMMAND_SCOPES[name])),
    withinTags: tags ?? undefined,
  };
}
