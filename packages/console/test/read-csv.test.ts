import { expect, test } from 'vitest';
import { CSV_TEMPLATE, readCsv } from '../src/onboarding/read-csv.ts';

test('the template is a file that is taken', () => {
  const file = readCsv(CSV_TEMPLATE);
  expect(file).toMatchObject({
    rows: [
      { line: 2, fault: null },
      { line: 3, fault: null },
    ],
  });
  expect('rows' in file && file.rows[1]?.input).toEqual({
    name: 'Workshop',
    address: '192.0.2.21',
    username: 'admin',
    password: 'secret',
    vendor: 'yealink',
    model: 'T54W',
    mac: '80:5e:c0:00:00:01',
    sipUri: 'sip:102@192.0.2.21',
    tags: ['hall', 'ground floor'],
  });
});

test('what a spreadsheet of another country writes is read: a byte order mark, semicolons, CRLF, empty lines', () => {
  const file = readCsv('\uFEFFaddress;name\r\n192.0.2.1;"Büro; links"\r\n;;\r\n192.0.2.2;Hof\r\n');
  expect(file).toMatchObject({
    rows: [
      { name: 'Büro; links', input: { address: '192.0.2.1' }, fault: null },
      { name: 'Hof', input: { address: '192.0.2.2' }, fault: null },
    ],
  });
});

test('a password keeps its spaces', () => {
  expect(readCsv('name,address,password\nA,192.0.2.1, two words \n')).toMatchObject({
    rows: [{ input: { password: ' two words ' } }],
  });
});

test.each([
  ['name,address\n,192.0.2.1\n', 'It has no name.'],
  ['name,address\nA,\n', 'neither an address nor a SIP URI'],
  ['name,address\nA,192.0.2.1,more\n', 'more fields'],
])('a row with a fault says which: %j', (text, fault) => {
  expect(readCsv(text)).toMatchObject({ rows: [{ fault: expect.stringContaining(fault) }] });
});

test.each([
  ['person,room\nA,1\n', 'must name the columns'],
  ['name,adress\nA,192.0.2.1\n', 'There is no column adress'],
  ['', 'must name the columns'],
])('a file that is none of phones says why: %j', (text, fault) => {
  expect(readCsv(text)).toEqual({ fault: expect.stringContaining(fault) });
});
