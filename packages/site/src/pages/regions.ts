import type { ExamplePhone } from './drivers.ts';
import { provisioningText } from './provisioning-text.ts';

/** Phones whose provisioning files stand in pages. */
const PROVISIONED: readonly (readonly [name: string, language: string, phone: ExamplePhone])[] = [
  ['provisioning snom D785', 'xml', { vendor: 'snom', model: 'D785', firmware: '10.1.33.33' }],
  ['provisioning snom D862', 'xml', { vendor: 'snom', model: 'D862', firmware: '10.1.226.13', sipOnly: true }],
  ['provisioning yealink T46U', 'ini', { vendor: 'yealink', model: 'T46U', firmware: '108.86.0.45' }],
  ['provisioning poly VVX 450', 'xml', { vendor: 'poly', model: 'VVX 450', firmware: '6.4.0.9608' }],
];

/** What stands between the marks of a page, by the name in the mark. */
const REGIONS: ReadonlyMap<string, () => string> = new Map(
  PROVISIONED.map(([name, language, phone]) => [name, () => fenced(language, provisioningText(phone))]),
);

const REGION = /<!-- generated: (?<name>.+?) -->\n(?<text>[\s\S]*?)\n<!-- \/generated -->/g;

/**
 * Fills what stands between `<!-- generated: NAME -->` and `<!-- /generated -->` of a page.
 * @throws Error where a mark has a name that nobody makes
 */
export function fillRegions(page: string): string {
  return page.replace(REGION, (_, name: string) => {
    const make = REGIONS.get(name);
    if (make === undefined) throw new Error(`Nothing is generated under the name "${name}".`);
    return `<!-- generated: ${name} -->\n${make()}\n<!-- /generated -->`;
  });
}

function fenced(language: string, text: string): string {
  return `\`\`\`${language}\n${text.trimEnd()}\n\`\`\``;
}
