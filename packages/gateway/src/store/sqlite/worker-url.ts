/**
 * The address of the writing thread's file: `worker.js` beside built code, `worker.ts` where the sources run by type
 * stripping.
 */
export function workerUrl(): URL {
  const here = import.meta.url;
  return new URL(`./worker${here.slice(here.lastIndexOf('.'))}`, here);
}
