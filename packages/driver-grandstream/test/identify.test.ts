import type { Ladders } from '@hookswitch/core';
import { httpReply } from '@hookswitch/driver-kit';
import { expect, test } from 'vitest';
import { diagnose } from '../src/diagnose.ts';
import { identify } from '../src/identify.ts';
import { driver } from '../src/index.ts';
import { canonicalModel } from '../src/models.ts';
import { provisioning } from '../src/provisioning.ts';
import { contextOf, DONE } from './support/context.ts';

const told = (text: string, server?: string) => ({
  target: '/cgi-bin/api.values.get?request=phone_model:68:67',
  status: 200,
  headers: server === undefined ? {} : { server },
  text,
});
const NOBODY = { mac: null, model: null };

test('a phone that tells who it is', () => {
  const text = '{"response":"success","body":{"phone_model":"GXP2170","68":"1.0.11.79","67":"000B82AABBCC"}}';
  expect(identify({ ...NOBODY, replies: [told(text)] })).toMatchObject({
    score: 100,
    model: 'GXP2170',
    firmware: '1.0.11.79',
    mac: '00:0b:82:aa:bb:cc',
  });
});

test('a web server that names itself, an address, and what somebody said', () => {
  const server = identify({ ...NOBODY, replies: [told('<html>', 'Grandstream GRP2614 1.0.13.31')] });
  expect(server).toMatchObject({ score: 70, model: 'GRP2614', firmware: '1.0.13.31', mac: null });
  expect(identify({ mac: 'C0:74:AD:00:00:01', model: 'grp-2602p', replies: [] })).toMatchObject({
    score: 70,
    model: 'GRP2602P',
    mac: 'c0:74:ad:00:00:01',
  });
});

test.each(['00:0b:82', 'c0:74:ad', 'ec:74:d7'])('the block %s of addresses is Grandstream’s', (block) => {
  expect(identify({ ...NOBODY, mac: `${block}:00:00:01`, replies: [] }).score).toBe(40);
});

test.each([
  ['{"response":"success","body":{"phone_model":""}}'],
  ['{"response":"success","body":{"phone_model":"HT812"}}'],
  ['{"response":"error","body":"failed"}'],
  ['[]'],
  ['<html>'],
])('%s is none of its phones', (text) => {
  expect(identify({ ...NOBODY, replies: [told(text)] })).toMatchObject({ score: 0, reasons: [], model: null });
});

test('models have the names under which they are sold', () => {
  const names = ['Grandstream GXP2170', 'gxp 1628', 'GRP2616', 'GRP9999', 'T46U', null].map(canonicalModel);
  expect(names).toEqual(['GXP2170', 'GXP1628', 'GRP2616', null, null, null]);
});

test('a diagnosis says what stands in the way', async () => {
  expect(await diagnose(contextOf([DONE]).context)).toMatchObject([{ code: 'CTI_ON', severity: 'OK' }]);
  for (const [status, text] of [
    [403, ''],
    [200, '<html>'],
  ] as const) {
    const [finding] = await diagnose(contextOf([httpReply(status, text)]).context);
    expect(finding).toMatchObject({ code: 'CTI_REFUSED', severity: 'PROBLEM' });
    expect(finding?.fix).toContain('Remote Control Pop up Window Support');
  }
});

test('there is no provisioning file', () => expect(provisioning()).toBeNull());

test('a web server that tells no model and no firmware is a clue all the same', () => {
  const replies = [{ ...told(''), status: 401, headers: { server: 'Grandstream' } }];
  expect(identify({ ...NOBODY, replies })).toMatchObject({ score: 70, model: null, firmware: null });
});

test.each(['PHONE_INFO', 'CALL_SNAPSHOT'] as const)('%s: what is no list is UNKNOWN', async (name) => {
  const { context } = contextOf([httpReply(200, '{"response":"success","body":"x"}')]);
  const ladders: Ladders = driver.capabilitiesFor(context.phone);
  const outcome = await (name === 'PHONE_INFO'
    ? ladders.PHONE_INFO?.[0]?.phoneInfo(context)
    : ladders.CALL_SNAPSHOT?.[0]?.refreshCalls({}, context));
  expect(outcome?.status).toBe('UNKNOWN');
});
