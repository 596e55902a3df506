export { driver } from './driver.ts';

setTimeout(() => {
  throw new Error('later');
}, 200);
