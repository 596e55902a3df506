import { expect, test } from 'vitest';
import { calleeOf } from '../src/phone/callee.ts';

const colleagues = [
  { name: 'David Cohen', number: '201' },
  { name: 'Ana', number: '110' },
  { name: 'Ana Davies', number: '111' },
  { name: 'Grace Lindqvist', number: null },
  { name: 'Desk', number: 'lobby' },
];

test.each([
  ['201', '201'],
  [' +49 30 123-45 ', '+49 30 123-45'],
  ['*21#', '*21#'],
  ['sip:desk@pbx.example', 'sip:desk@pbx.example'],
  ['desk@pbx.example', 'desk@pbx.example'],
  ['david cohen', '201'],
  ['Cohen', '201'],
  ['ana', '110'],
  ['lobby', 'lobby'],
])('%s means %s', (typed, number) => {
  expect(calleeOf(typed, colleagues)).toEqual({ number });
});

test.each([
  ['', 'Type a number'],
  ['Dav', 'More than one'],
  ['Zoe', 'Nobody here'],
  ['ohen', 'Nobody here'],
  ['Grace', 'is not known'],
])('%j means nobody: %s', (typed, why) => {
  expect(calleeOf(typed, colleagues)).toEqual({ unclear: expect.stringContaining(why) });
});
