import { RotateCw } from 'lucide-react';
import { Button } from '../ui/Button.tsx';
import { Trouble } from '../ui/Panel.tsx';
import type { Problem } from './problems.ts';

interface UnansweredProps {
  readonly problem: Problem;
  readonly onRetry: () => void;
  readonly onSignOut: () => void;
}

/** Says why nobody could be signed in though nothing is wrong with the key. */
export function Unanswered({ problem, onRetry, onSignOut }: UnansweredProps) {
  return (
    <main className="grid min-h-dvh place-items-center p-4">
      <div className="w-full max-w-md space-y-5 rounded-xl border border-line bg-panel p-6 shadow-sm sm:p-8">
        <img src="./favicon.svg" alt="" width="40" height="40" />
        <h1 className="text-xl font-semibold tracking-tight">Hookswitch console</h1>
        <Trouble title={problem.title}>{problem.advice}</Trouble>
        <div className="flex flex-wrap gap-2">
          <Button look="primary" onClick={onRetry}>
            <RotateCw aria-hidden className="size-4" /> Try again
          </Button>
          <Button onClick={onSignOut}>Sign in with another key</Button>
        </div>
      </div>
    </main>
  );
}
