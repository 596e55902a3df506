import { Activity, LayoutGrid, LogOut, MonitorCog, Moon, PlusCircle, ShieldCheck, Sun, Terminal } from 'lucide-react';
import { type ReactNode, useState } from 'react';
import { Link, useLocation } from 'wouter';
import { useCommands, useFloor } from '../live/hooks.ts';
import { useMay, useSession } from '../session/session.ts';
import { IconButton } from '../ui/Button.tsx';
import { applyTheme, nextTheme, readTheme, type Theme } from '../ui/theme.ts';
import { Connection } from './Connection.tsx';
import { Notices } from './Notices.tsx';

const VIEWS = [
  { path: '/', name: 'Floor', icon: LayoutGrid },
  { path: '/live', name: 'Live', icon: Activity },
  { path: '/add', name: 'Add phones', icon: PlusCircle, admin: true },
  { path: '/admin', name: 'Admin', icon: ShieldCheck, admin: true },
  { path: '/explorer', name: 'Explorer', icon: Terminal },
] as const;

/** What is around every view: the menu, who has signed in, the state of the connection, notices. */
export function Shell({ children }: { readonly children: ReactNode }) {
  const { viewer, signOut } = useSession();
  return (
    <div className="flex h-dvh flex-col md:flex-row">
      <button
        type="button"
        onClick={() => document.getElementById('main')?.focus()}
        className="sr-only focus:not-sr-only focus:absolute focus:z-50 focus:m-2 focus:rounded-lg focus:bg-panel focus:p-3"
      >
        Skip to the content
      </button>
      <header className="flex shrink-0 items-center gap-2 border-b border-line bg-panel px-3 py-1.5 md:w-52 md:flex-col md:items-stretch md:border-r md:border-b-0 md:p-3">
        <div className="flex items-center gap-2.5 md:px-2 md:py-2">
          <img src="./favicon.svg" alt="" width="26" height="26" />
          <span className="font-semibold tracking-tight">Hookswitch</span>
        </div>
        <Menu className="hidden md:mt-3 md:flex md:flex-col" />
        <div className="ml-auto flex items-center gap-1 md:mt-auto md:ml-0 md:flex-col md:items-stretch">
          <Connection />
          <div className="flex items-center gap-1 md:mt-2 md:border-t md:border-line md:pt-2">
            <span className="hidden min-w-0 flex-1 truncate px-2 text-[13px] text-soft md:block" title={viewer.name}>
              {viewer.name}
            </span>
            <ThemeButton />
            <IconButton label="Sign out" onClick={() => signOut(null)}>
              <LogOut aria-hidden className="size-4" />
            </IconButton>
          </div>
        </div>
      </header>
      <main id="main" tabIndex={-1} className="min-h-0 min-w-0 flex-1 overflow-y-auto outline-none">
        {children}
        <RoomForNotices />
      </main>
      <Menu className="grid shrink-0 auto-cols-fr grid-flow-col border-t border-line bg-panel md:hidden" />
      <Notices />
    </div>
  );
}

/** So that what they lie over can be scrolled from under them. */
function RoomForNotices() {
  return useCommands().notices.length === 0 ? null : <div aria-hidden className="h-40" />;
}

function Menu({ className }: { readonly className: string }) {
  const [path] = useLocation();
  const isAdmin = useMay('ADMIN');
  const mayAudit = useMay('AUDIT_READ');
  const { phones } = useFloor();
  return (
    <nav aria-label="Views" className={`gap-0.5 ${className}`}>
      {VIEWS.filter((view) => !('admin' in view) || isAdmin || (view.path === '/admin' && mayAudit)).map(
        ({ path: to, name, icon: Icon }) => {
          const isHere = to === '/' ? path === '/' || path.startsWith('/phones') : path.startsWith(to);
          return (
            <Link
              key={to}
              href={to}
              aria-current={isHere ? 'page' : undefined}
              className={`flex min-h-11 flex-col items-center justify-center gap-0.5 rounded-lg px-1 text-[11px] whitespace-nowrap md:px-2.5 font-medium md:min-h-10 md:flex-row md:justify-start md:gap-3 md:text-sm ${isHere ? 'bg-brand-wash text-brand' : 'text-soft hover:bg-raised hover:text-ink'}`}
            >
              <Icon aria-hidden className="size-[18px]" />
              {name}
              {to === '/' && phones.length > 0 && (
                <span className="hidden text-xs tabular-nums md:ml-auto md:inline">{phones.length}</span>
              )}
            </Link>
          );
        },
      )}
    </nav>
  );
}

const THEME_ICONS = { system: MonitorCog, light: Sun, dark: Moon } as const;

function ThemeButton() {
  const [theme, setTheme] = useState<Theme>(readTheme);
  const Icon = THEME_ICONS[theme];
  return (
    <IconButton
      label={`Theme: ${theme}`}
      onClick={() => {
        applyTheme(nextTheme(theme));
        setTheme(nextTheme(theme));
      }}
    >
      <Icon aria-hidden className="size-4" />
    </IconButton>
  );
}
