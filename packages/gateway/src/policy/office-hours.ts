/** The days of a week, Sunday first, as `Intl` names them in English. */
export const DAYS = ['sun', 'mon', 'tue', 'wed', 'thu', 'fri', 'sat'] as const;
/** One of {@link DAYS}. */
export type Day = (typeof DAYS)[number];

/** When calls may be begun. */
export interface OfficeHours {
  /** IANA name, e.g. `Europe/Berlin`. */
  readonly timeZone: string;
  /** Minutes since midnight; `to` is not included. `to` before `from`: over midnight, counted to the day it begins on. */
  readonly open: readonly { readonly days: readonly Day[]; readonly from: number; readonly to: number }[];
}

/** A moment as the clocks of a time zone show it. */
export interface LocalTime {
  /** `2026-01-31`. */
  readonly date: string;
  readonly day: Day;
  /** Since midnight. */
  readonly minutes: number;
}

const formats = new Map<string, Intl.DateTimeFormat>();

/** What the clocks of that time zone show at `instant`, in milliseconds since 1970. Throws RangeError for no time zone. */
export function localTime(instant: number, timeZone: string): LocalTime {
  let format = formats.get(timeZone);
  if (format === undefined) {
    format = new Intl.DateTimeFormat('en-US', {
      timeZone,
      hourCycle: 'h23',
      weekday: 'short',
      year: 'numeric',
      month: '2-digit',
      day: '2-digit',
      hour: '2-digit',
      minute: '2-digit',
    });
    formats.set(timeZone, format);
  }
  const parts = Object.fromEntries(format.formatToParts(instant).map(({ type, value }) => [type, value]));
  const day = DAYS.find((one) => one === parts['weekday']?.toLowerCase()) ?? 'sun';
  return {
    date: `${parts['year']}-${parts['month']}-${parts['day']}`,
    day,
    minutes: Number(parts['hour']) * 60 + Number(parts['minute']),
  };
}

/** Whether calls may be begun at `instant`. */
export function isOpen({ timeZone, open }: OfficeHours, instant: number): boolean {
  const { day, minutes } = localTime(instant, timeZone);
  const before = DAYS[(DAYS.indexOf(day) + 6) % 7];
  return open.some(({ days, from, to }) => {
    const today = days.includes(day);
    if (from < to) return today && minutes >= from && minutes < to;
    return (today && minutes >= from) || (before !== undefined && days.includes(before) && minutes < to);
  });
}
