/**
 * Finds settings in what `settings.htm` lists. Its format is not documented; seen are the plain dump
 * (`http_scheme!: off`, with a sign for who may write), XML (`<http_scheme perm="">off</http_scheme>`), and forms.
 * @returns the settings that were found, by name.
 */
export function readSettingsPage(text: string, names: readonly string[]): ReadonlyMap<string, string> {
  const found = new Map<string, string>();
  for (const name of names) {
    const value = forms(name)
      .map((form) => form.exec(text)?.[1])
      .find((match) => match !== undefined);
    if (value !== undefined) found.set(name, unescapeHtml(value).trim());
  }
  return found;
}

function forms(name: string): readonly RegExp[] {
  return [
    new RegExp(`<${name}(?:\\s[^>]*)?>([^<]*)</${name}>`),
    new RegExp(`<input[^>]*name=["']?${name}["'\\s][^>]*value=["']([^"']*)["']`, 'i'),
    new RegExp(`>\\s*${name}:?\\s*</t[dh]>\\s*<td[^>]*>([^<]*)<`, 'i'),
    new RegExp(`(?:^|[\\s>])${name}\\s?[!$&%]?\\s?[:=][ \\t]*([^\\r\\n<]*)`, 'm'),
  ];
}

function unescapeHtml(text: string): string {
  return text
    .replaceAll('&lt;', '<')
    .replaceAll('&gt;', '>')
    .replaceAll('&quot;', '"')
    .replaceAll('&nbsp;', ' ')
    .replaceAll('&amp;', '&');
}
