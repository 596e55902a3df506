import type { ActionUrl, LedAction } from '@hookswitch/core';
import type { ProvisioningView } from '../application.ts';
import type { FeatureState, Led, SwitchWish } from '../model.ts';
import { builder } from './builder.ts';
import { LedActionKindRef, LedColorRef, LedLightRef, PhoneFeatureRef, SwitchKeepRef } from './enums.ts';

const LedActionRef = builder.objectRef<LedAction>('LedAction').implement({
  fields: (t) => ({ kind: t.expose('kind', { type: LedActionKindRef }), target: t.exposeString('target') }),
});

/** `Led`. */
export const LedRef = builder.objectRef<Led>('Led').implement({
  fields: (t) => ({
    key: t.expose('key', { type: 'PhoneKey' }),
    light: t.expose('light', { type: LedLightRef }),
    color: t.expose('color', { type: LedColorRef, nullable: true }),
    label: t.exposeString('label', { nullable: true }),
    onPress: t.expose('onPress', { type: LedActionRef, nullable: true }),
    appliedAt: t.expose('appliedAt', { type: 'DateTime', nullable: true }),
  }),
});

/** `FeatureState`. */
export const FeatureStateRef = builder.objectRef<FeatureState>('FeatureState').implement({
  description: '`since`: null where it was read, not reported.',
  fields: (t) => ({
    feature: t.expose('feature', { type: PhoneFeatureRef }),
    enabled: t.exposeBoolean('enabled'),
    target: t.exposeString('target', { nullable: true }),
    since: t.expose('since', { type: 'DateTime', nullable: true }),
  }),
});

/** `KeptSwitch`. */
export const KeptSwitchRef = builder.objectRef<SwitchWish>('KeptSwitch').implement({
  description: 'A switch as `setDoNotDisturb` or `setForwarding` declared it.',
  fields: (t) => ({
    feature: t.expose('feature', { type: PhoneFeatureRef }),
    enabled: t.exposeBoolean('enabled'),
    target: t.exposeString('target', { nullable: true }),
    afterSeconds: t.exposeInt('afterSeconds', { nullable: true }),
    keep: t.expose('keep', { type: SwitchKeepRef }),
    declaredAt: t.expose('declaredAt', { type: 'DateTime' }),
  }),
});

/** `ActionUrl`. */
export const ActionUrlRef = builder.objectRef<ActionUrl>('ActionUrl').implement({
  fields: (t) => ({
    setting: t.exposeString('setting', {
      description: "The vendor's name of the setting: `action_incoming_url`, `action_url.incoming_call`, …",
    }),
    url: t.exposeString('url', {
      description: "The value for it, the vendor's $variables in place, within the vendor's length limit.",
    }),
  }),
});

/** `Provisioning`. */
export const ProvisioningRef = builder.objectRef<ProvisioningView>('Provisioning').implement({
  description: '`url`: where a provisioning server or the phone itself can fetch it until `expiresAt`.',
  fields: (t) => ({
    mediaType: t.exposeString('mediaType'),
    text: t.exposeString('text'),
    url: t.exposeString('url'),
    expiresAt: t.expose('expiresAt', { type: 'DateTime' }),
  }),
});
