/** The address of the file that a driver's thread starts with: built, or a source that runs by type stripping. */
export function driverWorkerUrl(): URL {
  const here = import.meta.url;
  return new URL(`./driver-worker${here.slice(here.lastIndexOf('.'))}`, here);
}
