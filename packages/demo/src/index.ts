export {
  type DemoOffice,
  type DemoOfficeOptions,
  startDemoOffice,
} from './office.ts';
export { FURTHER_PEOPLE, PEOPLE, type Person, SERVICES, type Service, type Setup, WEB_LOGIN } from './people.ts';
export type { OfficeRegistrar } from './registrar.ts';
export { runDemo } from './run-demo.ts';
export type { DemoTab } from './tabs.ts';
export type { OfficePhone, StaffedPhone } from './virtual-phones.ts';
