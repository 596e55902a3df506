export { driver } from './driver.ts';
export type { YealinkOptions } from './options.ts';
