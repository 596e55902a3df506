export { driver } from './driver.ts';
export type { AcmeOptions } from './options.ts';
