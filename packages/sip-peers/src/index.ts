export { missingPackages, type SystemPackage, searchPath } from './installed.ts';
export { KAMAILIO, type Kamailio, type KamailioContact, type KamailioOptions, startKamailio } from './kamailio.ts';
export type { KamailioLogin } from './kamailio-configuration.ts';
export type { Program } from './program.ts';
