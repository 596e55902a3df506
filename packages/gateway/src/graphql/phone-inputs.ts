import type { NewPhone, PhonePatch } from '../application.ts';
import { builder } from './builder.ts';
import { CertificateCheckRef } from './enums.ts';

const OptionInput = builder.inputType('OptionInput', {
  fields: (t) => ({ name: t.string({ required: true }), value: t.string({ required: true }) }),
});

/** `AddPhoneInput`. */
export const AddPhoneInput = builder.inputType('AddPhoneInput', {
  fields: (t) => ({
    name: t.string({ required: true }),
    vendor: t.string({
      description: 'As in `Driver.vendor`. Left out: the gateway asks the device and the drivers say whose it is.',
    }),
    address: t.string(),
    username: t.string(),
    password: t.string(),
    mac: t.field({ type: 'MacAddress' }),
    model: t.string(),
    firmware: t.string(),
    sipUri: t.string(),
    tags: t.stringList(),
    options: t.field({ type: [OptionInput], description: "The driver's own options, validated by it." }),
    certificateCheck: t.field({ type: CertificateCheckRef, description: 'Left out: `PINNED`.' }),
    certificate: t.string({
      description: 'SHA-256 fingerprint to pin, `AB:CD:…`. Left out: that of the first connection is pinned.',
    }),
  }),
});

/** `UpdatePhoneInput`. */
export const UpdatePhoneInput = builder.inputType('UpdatePhoneInput', {
  description:
    'Left out: stays as it is. `null`: cleared, where the phone can be without it. A list replaces the old one.',
  fields: (t) => ({
    name: t.string(),
    address: t.string(),
    username: t.string(),
    password: t.string(),
    mac: t.field({ type: 'MacAddress' }),
    model: t.string(),
    firmware: t.string(),
    sipUri: t.string(),
    tags: t.stringList(),
    options: t.field({ type: [OptionInput] }),
    certificateCheck: t.field({ type: CertificateCheckRef }),
    certificate: t.string({
      description: 'SHA-256 fingerprint that the phone must have from now on; null pins that of the next connection.',
    }),
  }),
});

/** As the application takes it: null means left out. */
export function newPhone(input: typeof AddPhoneInput.$inferInput): NewPhone {
  const { name, ...rest } = input;
  const given = Object.entries(rest).filter(([, value]) => value !== null);
  return { name, ...Object.fromEntries(given) };
}

/** As the application takes it: null stays null. */
export function phonePatch(input: typeof UpdatePhoneInput.$inferInput): PhonePatch {
  return { ...input };
}
