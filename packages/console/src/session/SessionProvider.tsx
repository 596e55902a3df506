import { type ReactNode, useCallback, useEffect, useMemo, useState } from 'react';
import { Provider } from 'urql';
import { CommandStore } from '../live/command-store.ts';
import { FloorStore } from '../live/floor-store.ts';
import { createApi } from './api.ts';
import { keepKey, readKey, takeKeyOfAddress } from './key-storage.ts';
import { type Problem, problemOf } from './problems.ts';
import { SignIn } from './SignIn.tsx';
import { type Session, SessionContext, type Viewer, ViewerQuery } from './session.ts';
import { Unanswered } from './Unanswered.tsx';

const NO_ANSWER: Problem = { title: 'That did not work', advice: 'Try again.', isSignedOut: false };
const GONE = 'The key was revoked or has expired. Sign in with another.';

/** Shows its children to whoever has signed in, and the way to do so to others. */
export function SessionProvider({ children }: { readonly children: ReactNode }) {
  const [key, setKey] = useState(firstKey);
  const [viewer, setViewer] = useState<Viewer | null>(null);
  const [reason, setReason] = useState<string | null>(null);
  const [problem, setProblem] = useState<Problem | null>(null);
  const [tries, setTries] = useState(0);
  const signOut = useCallback((why: string | null) => {
    keepKey(null);
    setKey(null);
    setViewer(null);
    setProblem(null);
    setReason(why);
  }, []);
  const opened = useMemo(() => (key === null ? null : open(key)), [key]);
  useEffect(() => () => opened?.close(), [opened]);
  useEffect(() => {
    let isCurrent = opened !== null;
    void opened?.api.http
      .query(ViewerQuery, {})
      .toPromise()
      .then(({ data, error }) => {
        if (!isCurrent) return;
        setProblem(null);
        if (data !== undefined) return setViewer(data.viewer);
        const found = error === undefined ? NO_ANSWER : problemOf(error);
        // A gateway that is away says nothing against the key: it is kept.
        if (found.isSignedOut) signOut(`${found.title}. ${found.advice}`);
        else setProblem(found);
      });
    return () => {
      isCurrent = false;
    };
  }, [opened, signOut, tries]);
  useEffect(() => {
    if (problem === null) return;
    const again = () => setTries((count) => count + 1);
    addEventListener('online', again);
    return () => removeEventListener('online', again);
  }, [problem]);
  useEffect(() => {
    if (viewer === null || opened === null) return;
    const mayHear = viewer.scopes.includes('EVENTS_READ') || viewer.scopes.includes('ADMIN');
    opened.floor.start(opened.signal, mayHear ? () => signOut(GONE) : null);
  }, [viewer, opened, signOut]);
  const session = useMemo<Session | null>(
    () => (opened === null || viewer === null ? null : { ...opened, viewer, signOut }),
    [opened, viewer, signOut],
  );
  if (key === null) {
    return (
      <SignIn
        reason={reason}
        onKey={(given) => {
          keepKey(given);
          setReason(null);
          setKey(given);
        }}
      />
    );
  }
  if (session === null && problem !== null)
    return <Unanswered problem={problem} onRetry={() => setTries(tries + 1)} onSignOut={() => signOut(null)} />;
  if (session === null) return <p className="p-8 text-soft">Signing in…</p>;
  return (
    <SessionContext value={session}>
      <Provider value={session.api.http}>{children}</Provider>
    </SessionContext>
  );
}

function firstKey(): string | null {
  const given = takeKeyOfAddress();
  if (given !== null) keepKey(given);
  return given ?? readKey();
}

function open(key: string) {
  const ending = new AbortController();
  const api = createApi(key, ending.signal);
  return {
    api,
    signal: ending.signal,
    floor: new FloorStore(api),
    commands: new CommandStore(api, ending.signal),
    close: () => {
      ending.abort();
      void api.socket.dispose();
    },
  };
}
