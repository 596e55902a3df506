import { lazy, Suspense } from 'react';
import { Link, Route, Router, Switch } from 'wouter';
import { useHashLocation } from 'wouter/use-hash-location';
import { FloorView } from '../floor/FloorView.tsx';
import { SessionProvider } from '../session/SessionProvider.tsx';
import { Problems } from './Problems.tsx';
import { Shell } from './Shell.tsx';

const AdminView = lazy(() => import('../admin/AdminView.tsx').then(({ AdminView }) => ({ default: AdminView })));
const AddView = lazy(() => import('../onboarding/AddView.tsx').then(({ AddView }) => ({ default: AddView })));
const ExplorerView = lazy(() =>
  import('../explorer/ExplorerView.tsx').then(({ ExplorerView }) => ({ default: ExplorerView })),
);
const LiveView = lazy(() => import('../events/LiveView.tsx').then(({ LiveView }) => ({ default: LiveView })));
const PhoneView = lazy(() => import('../phone/PhoneView.tsx').then(({ PhoneView }) => ({ default: PhoneView })));

/** The whole page. Views other than the floor are loaded when they are opened. */
export function App() {
  return (
    <Problems>
      <Router hook={useHashLocation}>
        <SessionProvider>
          <Shell>
            <Suspense fallback={<p className="p-6 text-sm text-soft">Loading…</p>}>
              <Switch>
                <Route path="/" component={FloorView} />
                <Route path="/phones/:id">{({ id }) => <PhoneView key={id} id={decodeURIComponent(id)} />}</Route>
                <Route path="/live" component={LiveView} />
                <Route path="/add" component={AddView} />
                <Route path="/admin" component={AdminView} />
                <Route path="/explorer/:operation?">
                  {({ operation }) => <ExplorerView key={operation ?? ''} operation={operation} />}
                </Route>
                <Route>
                  <div className="space-y-2 p-6 text-sm">
                    <h1 className="text-xl font-semibold tracking-tight">There is no such page</h1>
                    <p>
                      The address leads nowhere.{' '}
                      <Link href="/" className="underline underline-offset-2">
                        To the floor
                      </Link>
                    </p>
                  </div>
                </Route>
              </Switch>
            </Suspense>
          </Shell>
        </SessionProvider>
      </Router>
    </Problems>
  );
}
