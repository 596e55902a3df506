import type { Page } from 'playwright-core';

/** A part of React's tree, as far as a counter of renders looks at it. */
interface Fiber {
  readonly child: Fiber | null;
  readonly sibling: Fiber | null;
  readonly alternate: Fiber | null;
  readonly flags: number;
  readonly memoizedProps: unknown;
}

declare global {
  /** How often cards of phones were rendered in this page. */
  var cardRenders: number | undefined;
}

/**
 * Counts how often the floor's cards are rendered, whether or not anything of theirs changes on the page. React tells
 * each commit to the hook of its developer tools, in a build for production too. To be asked for before the page is opened.
 */
export async function countCardRenders(page: Page): Promise<{ read(): Promise<number> }> {
  await page.addInitScript(() => {
    globalThis.cardRenders = 0;
    // React sets it on whatever did its work in this commit; what was left alone keeps its child.
    const PERFORMED_WORK = 1;
    const isCard = ({ memoizedProps: props }: Fiber) =>
      typeof props === 'object' && props !== null && 'phone' in props && Object.keys(props).length === 1;
    const walk = (fiber: Fiber | null): void => {
      for (let one = fiber; one !== null; one = one.sibling) {
        if (isCard(one) && (one.flags & PERFORMED_WORK) !== 0)
          globalThis.cardRenders = (globalThis.cardRenders ?? 0) + 1;
        if (one.alternate === null || one.alternate.child !== one.child) walk(one.child);
      }
    };
    const hook = {
      supportsFiber: true,
      inject: () => 1,
      onCommitFiberRoot: (_id: number, { current }: { readonly current: Fiber }) => walk(current),
      onCommitFiberUnmount() {},
      onPostCommitFiberRoot() {},
      checkDCE() {},
    };
    Object.defineProperty(globalThis, '__REACT_DEVTOOLS_GLOBAL_HOOK__', { value: hook });
  });
  return { read: () => page.evaluate(() => globalThis.cardRenders ?? 0) };
}
