interface Colleague {
  readonly name: string;
  readonly number: string | null;
}

/** Whom typed words mean; `unclear`: what to do, since nobody or several are meant. */
export type Callee = { readonly number: string } | { readonly unclear: string };

/** What phones dial as it is: digits with what is written between them, `*` and `#`, or an address. */
const DIALLABLE = /^[+*#\d][\d\s()./*#-]*$|^sips?:|@/i;

/** A number or SIP URI as it is typed, or the number of the colleague whose name begins so or has a word that does. */
export function calleeOf(typed: string, colleagues: readonly Colleague[]): Callee {
  const text = typed.trim();
  if (text === '') return { unclear: 'Type a number, a SIP URI or the name of a colleague.' };
  const words = text.toLowerCase();
  // Some exchanges have extensions of letters: a colleague's is what its phone says.
  if (DIALLABLE.test(text) || colleagues.some(({ number }) => number?.toLowerCase() === words)) return { number: text };
  const named = colleagues.filter(({ name }) => ` ${name.toLowerCase()}`.includes(` ${words}`));
  const exact = named.filter(({ name }) => name.toLowerCase() === words);
  const [meant, ...others] = exact.length > 0 ? exact : named;
  if (meant === undefined) return { unclear: `Nobody here is called “${text}”. Type the number, or the SIP URI.` };
  if (others.length > 0) return { unclear: `More than one is called “${text}”. Type more of the name, or the number.` };
  if (meant.number === null) return { unclear: `The number of ${meant.name} is not known. Type it.` };
  return { number: meant.number };
}
