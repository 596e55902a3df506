import { accepted, failed, invalidArgument, type Ladders, type Outcome } from '@hookswitch/core';
import { expect, test } from 'vitest';
import { conformance } from '../../src/index.ts';
import { CollectingRunner } from '../support/collecting-runner.ts';
import { moreHarness, refused } from '../support/example-settings.ts';

const rung = { transport: 'HTTP', evidence: 'DOCUMENTED', source: 'Example, manual, page 4' } as const;
type Push = NonNullable<Ladders['DISPLAY']>[0]['pushXml'];

const passOn: Push = async ({ document }, { http }): Promise<Outcome> => {
  const reply = await http.send({ method: 'POST', target: '/screen', body: document });
  return reply.status === 200 ? accepted(undefined) : refused(reply);
};

const DECLARED = { samples: { document: '<x>Conformance</x>', setting: { name: 'a', value: 'b' }, readable: 'a' } };

async function told(pushXml: Push): Promise<readonly string[]> {
  const runner = new CollectingRunner();
  const showMessage = async () => failed(invalidArgument('text', 'No.'));
  conformance(runner, moreHarness({ DISPLAY: [{ ...rung, pushXml, showMessage }] }, DECLARED));
  return [...(await runner.failures((name) => name.includes('pushXml, '))).keys()];
}

test('what is no XML is refused by the phone, or by the driver beforehand', async () => {
  expect(await told(passOn)).toEqual([]);
  const beforehand: Push = async (command, context) =>
    command.document.startsWith('<') ? passOn(command, context) : failed(invalidArgument('document', 'No XML.'));
  expect(await told(beforehand)).toEqual([]);
});

test('who says that it was shown, or has the phone refuse what it takes, is told', async () => {
  const deaf: Push = async (command, context) => {
    await passOn(command, context);
    return accepted(undefined);
  };
  expect(await told(deaf)).toEqual(['E1: DISPLAY over HTTP: pushXml, what is no XML']);
  const spoilt: Push = ({ document }, context) => passOn({ document: `?${document}` }, context);
  expect(await told(spoilt)).toEqual(["E1: DISPLAY over HTTP: pushXml, a document of the vendor's"]);
});
