import { type KeyPress, parsePhoneKey } from '@hookswitch/core';
import type { Instant } from '../model.ts';

/** What has been typed on a phone and may still stand there. */
export interface Typed {
  /** Digits, `*` and `#`, oldest first. */
  readonly text: string;
  /** Where in `text` an entry may begin; the last one is the likeliest. Never empty. */
  readonly starts: readonly number[];
  /** A key moved the cursor or took a digit back: nobody knows what stands there. */
  readonly edited: boolean;
  /** When the last key was pressed, pauses included. */
  readonly at: Instant;
  /** When a call was last counted for it; null: not yet. */
  readonly countedAt: Instant | null;
}

/** Something that the phone may dial at one moment of the typing. */
export interface Entry {
  /** From each start, the likeliest last. Null: nobody knows. */
  readonly texts: readonly string[] | null;
  /** Whether a key was pressed that sends it. */
  readonly sent: boolean;
  readonly at: Instant;
}

/** A key that is no digit. */
export interface Pressed {
  readonly key: string;
  /** Whether digits stood there, which it may have sent. */
  readonly hasDigits: boolean;
}

/** What keys do. */
export interface Typing {
  readonly after: Typed;
  readonly entries: readonly Entry[];
  readonly pressed: readonly Pressed[];
}

/** An entry is forgotten when nothing was typed for so long. */
const FORGOTTEN_AFTER_MS = 10 * 60_000;
/** Phones take what comes after such a pause for another entry, or have dialled by then. */
const PAUSE_MS = 3_000;
/** A digit that is held so long may be another one (`0` is `+` then), or dial what is stored under it. */
const HELD_MS = 250;

/** Nothing has been typed. */
export const NOTHING_TYPED: Typed = { text: '', starts: [0], edited: false, at: 0, countedAt: null };

/** What keys do to an entry. Keys that are not named here may send it, and leave it there. */
const EFFECTS: Readonly<Record<string, 'send' | 'clear' | 'edit' | 'nothing'>> = {
  OK: 'send',
  OFF_HOOK: 'send',
  SPEAKER: 'send',
  HEADSET: 'send',
  CANCEL: 'clear',
  ON_HOOK: 'clear',
  UP: 'edit',
  DOWN: 'edit',
  LEFT: 'edit',
  RIGHT: 'edit',
  MUTE: 'nothing',
  VOLUME_UP: 'nothing',
  VOLUME_DOWN: 'nothing',
  RECORD: 'nothing',
};

/** The digit that a vendor's own name of a key stands for: `snom:5`, `yealink:POUND`. */
const VENDOR_DIGITS: Readonly<Record<string, string>> = { POUND: '#', HASH: '#', STAR: '*' };

/**
 * What may be dialled while these keys are pressed, and what is typed after them. Pure. Digits are put together over
 * commands; where nobody can know whether a phone still shows earlier ones, both are taken for possible.
 */
export function typeKeys(before: Typed, keys: readonly KeyPress[], now: Instant): Typing {
  let typed: Typed = now - before.at > FORGOTTEN_AFTER_MS ? { ...NOTHING_TYPED, countedAt: before.countedAt } : before;
  let at = now;
  if (typed.text !== '' && at - typed.at >= PAUSE_MS) typed = begun(typed);
  const entries: Entry[] = [];
  const pressed: Pressed[] = [];
  for (const { key, holdMs = 0, pauseMs = 0 } of keys) {
    const digit = digitOf(key);
    if (digit !== null) {
      typed = { ...typed, text: typed.text + digit, edited: typed.edited || (holdMs ?? 0) >= HELD_MS };
      entries.push({ texts: typed.edited ? null : textsOf(typed), sent: false, at });
      // Behind a star code a number may follow, and many phones dial at the #.
      if (digit === '#') entries.push({ texts: textsOf({ ...typed, text: typed.text.slice(0, -1) }), sent: true, at });
      if (/[*#]/.test(digit)) typed = begun(typed);
    } else {
      const effect = EFFECTS[key] ?? 'maySend';
      pressed.push({ key, hasDigits: typed.text !== '' });
      if (typed.text !== '' && effect !== 'nothing') {
        if (effect === 'send' || effect === 'maySend') {
          entries.push({ texts: typed.edited ? null : textsOf(typed), sent: true, at });
        }
        typed = afterKey(typed, effect);
      }
    }
    at += (holdMs ?? 0) + (pauseMs ?? 0);
    if ((pauseMs ?? 0) >= PAUSE_MS && typed.text !== '') typed = begun(typed);
    typed = { ...typed, at };
  }
  return { after: typed, entries, pressed };
}

/** Another command was given to the phone: what is typed next may be another entry. */
export function interrupted(typed: Typed): Typed {
  return typed.text === '' ? typed : { ...begun(typed), countedAt: null };
}

function afterKey(typed: Typed, effect: 'send' | 'clear' | 'edit' | 'maySend'): Typed {
  if (effect === 'send' || effect === 'clear') return { ...NOTHING_TYPED, at: typed.at };
  return effect === 'edit' ? { ...typed, edited: true } : begun(typed);
}

function begun(typed: Typed): Typed {
  const start = typed.text.length;
  return typed.starts.at(-1) === start ? typed : { ...typed, starts: [...typed.starts, start] };
}

function textsOf({ text, starts }: Typed): readonly string[] {
  return starts.map((start) => text.slice(start)).filter((one) => one !== '');
}

function digitOf(key: string): string | null {
  const parsed = parsePhoneKey(key);
  if (parsed?.kind === 'digit') return parsed.digit;
  if (parsed?.kind !== 'vendor') return null;
  if (/^[0-9*#]$/.test(parsed.name)) return parsed.name;
  return VENDOR_DIGITS[parsed.name.toUpperCase()] ?? null;
}
