import type { DriverContext, Outcome } from '@hookswitch/core';
import type { Traits } from '../traits.ts';
import { type ConfigurationItem, configurations } from '../wire/xml-objects.ts';
import { pushRequest, readPushReply } from '../wire/xml-push.ts';
import { inOrder, type Step, send } from './steps.ts';

/** Pushes one XML document. */
export function push(traits: Traits, document: string, context: DriverContext): Promise<Outcome> {
  return send(context, [pushRequest(document, traits.pushCredentials)], readPushReply);
}

/** A step that pushes one XML document. */
export function pushStep(traits: Traits, document: string, done: string): Step {
  return { request: [pushRequest(document, traits.pushCredentials)], read: readPushReply, done };
}

/** Changes lines of the phone's configuration, in as many documents as their size demands. */
export function pushConfiguration(
  traits: Traits,
  items: readonly ConfigurationItem[],
  context: DriverContext,
): Promise<Outcome> {
  const documents = configurations(items);
  const steps = documents.map((document, at) =>
    pushStep(traits, document, `wrote part ${at + 1} of ${documents.length} of the settings`),
  );
  return inOrder(steps, context);
}
