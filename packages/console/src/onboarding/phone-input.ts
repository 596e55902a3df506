import type { AddPhoneInput } from './documents.ts';

/** The columns of a file, and the fields of the form. */
export const COLUMNS = ['name', 'address', 'username', 'password', 'vendor', 'model', 'mac', 'sipUri', 'tags'] as const;

/** What `addPhone` is given: empty fields are left out, tags stand between commas or semicolons. */
export function phoneInput(fields: Readonly<Record<string, string | undefined>>): AddPhoneInput {
  const texts = COLUMNS.filter((column) => column !== 'tags').flatMap((column) => {
    const value = column === 'password' ? fields[column] : fields[column]?.trim();
    return value === undefined || value === '' ? [] : [[column, value] as const];
  });
  const tags = (fields['tags'] ?? '')
    .split(/[;,]/)
    .map((tag) => tag.trim())
    .filter(Boolean);
  return { name: '', ...Object.fromEntries(texts), ...(tags.length === 0 ? {} : { tags }) };
}
