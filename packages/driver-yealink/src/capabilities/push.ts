import type { DriverContext, Outcome } from '@hookswitch/core';
import type { Traits } from '../traits.ts';
import { type ConfigurationItem, configurations, fits, MAX_XML_BYTES } from '../wire/xml-objects.ts';
import { pushRequest, readPushReply } from '../wire/xml-push.ts';
import { refuse } from './arguments.ts';
import { send } from './places.ts';
import { inOrder, type Step } from './steps.ts';
import type { DocumentWay } from './way.ts';

/** XML objects over HTTP. */
export function byXmlPush(traits: Traits): DocumentWay {
  return {
    traits,
    canAsk: true,
    push: (document, context) => send(context, [pushRequest(document, traits.pushCredentials)], readPushReply),
  };
}

/** A step that pushes one XML document. */
export function pushStep(way: DocumentWay, document: string, done: string): Step {
  return { run: (context) => way.push(document, context), done };
}

/** Changes lines of the phone's configuration, in as many documents as their size demands. */
export function pushConfiguration(
  way: DocumentWay,
  items: readonly ConfigurationItem[],
  context: DriverContext,
): Promise<Outcome> {
  const documents = configurations(items);
  // Before the first one is sent: a part alone would leave the phone with half of it.
  if (!documents.every(fits)) return Promise.resolve(refuse('value', `More than ${MAX_XML_BYTES} bytes.`).refusal);
  const steps = documents.map((document, at) =>
    pushStep(way, document, `wrote part ${at + 1} of ${documents.length} of the settings`),
  );
  return inOrder(steps, context);
}
