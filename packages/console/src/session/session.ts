import { createContext, useContext } from 'react';
import { graphql, type ResultOf } from '../graphql/graphql.ts';
import type { CommandStore } from '../live/command-store.ts';
import type { FloorStore } from '../live/floor-store.ts';
import type { Api } from './api.ts';

/** Asks who the key belongs to. */
export const ViewerQuery = graphql(`
  query Viewer {
    viewer {
      name
      scopes
      tags
      expiresAt
      masksNumbers
    }
  }
`);

/** Who has signed in. */
export type Viewer = ResultOf<typeof ViewerQuery>['viewer'];
/** A right. */
export type Scope = Viewer['scopes'][number];

/** What the views of one who has signed in share. */
export interface Session {
  readonly viewer: Viewer;
  readonly api: Api;
  readonly floor: FloorStore;
  readonly commands: CommandStore;
  /** @param reason shown where one signs in; null: it was asked for */
  readonly signOut: (reason: string | null) => void;
}

/** The session of the views. */
export const SessionContext = createContext<Session | null>(null);

/** @throws Error outside of a session: a view was shown to somebody who has not signed in */
export function useSession(): Session {
  const session = useContext(SessionContext);
  if (session === null) throw new Error('There is no session here.');
  return session;
}

/** Whether the viewer has that right. `ADMIN` has them all. */
export function useMay(scope: Scope): boolean {
  const { scopes } = useSession().viewer;
  return scopes.includes(scope) || scopes.includes('ADMIN');
}
