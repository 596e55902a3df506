export { VirtualAcmePhone, type VirtualAcmePhoneOptions } from './acme-phone.ts';
