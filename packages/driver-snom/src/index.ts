export { driver } from './driver.ts';
export type { SnomOptions } from './options.ts';
