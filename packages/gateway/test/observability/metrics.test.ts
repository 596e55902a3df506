import { expect, test } from 'vitest';
import { testGateway } from '../support/gateway.ts';
import { scriptedPhone } from '../support/scripted-phone.ts';
import { commandWhen, isSettled } from '../support/wait.ts';

test('a command is counted once, by the status that it came to', async () => {
  await using phone = await scriptedPhone();
  await using running = await testGateway();
  const desk = await running.addPhone({ address: phone.origin });
  const { id, status } = await running.run(desk, { name: 'dial', arguments: { to: '102' } });
  expect(status).toBe('ACCEPTED');
  await running.report(desk, 'outgoing', 'id=1&remote=102');
  await commandWhen(running.application, id, isSettled);
  const text = await (await fetch(`${running.gateway.url}/metrics`)).text();
  expect(text.match(/^hookswitch_commands_total\{.*$/gm)).toEqual([
    'hookswitch_commands_total{name="dial",status="CONFIRMED"} 1',
  ]);
  expect(text).toContain('hookswitch_command_duration_seconds_count{name="dial"} 1');
});
