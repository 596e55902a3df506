import { Component, type ReactNode } from 'react';
import { Button } from '../ui/Button.tsx';
import { Trouble } from '../ui/Panel.tsx';

/** Says so where the page itself fails, instead of showing nothing. */
export class Problems extends Component<{ readonly children: ReactNode }, { readonly message: string | null }> {
  override state = { message: null };

  static getDerivedStateFromError(error: unknown) {
    return { message: error instanceof Error ? error.message : String(error) };
  }

  override render() {
    if (this.state.message === null) return this.props.children;
    return (
      <main className="mx-auto max-w-lg space-y-4 p-6">
        <Trouble title="The page has a fault">
          {this.state.message} Phones and calls go on. Load the page again; if it comes back, please report it.
        </Trouble>
        <Button onClick={() => location.reload()}>Load again</Button>
      </main>
    );
  }
}
