/** One `Key[,Time[,Pause]]` of a `key=` command. Times in milliseconds, 0 where none was given. */
export interface KeyEvent {
  /** In capitals, whatever the case in which it came. */
  readonly key: string;
  readonly timeMs: number;
  readonly pauseMs: number;
}

const milliseconds = (text = ''): number => Math.max(0, Number.parseInt(text, 10) || 0);

/** Reads the value of `key=`, percent-decoded before: `OFFHOOK;1,80,120;#`. An empty Time is no Time: `ENTER,,1000`. */
export const parseKeyEvents = (value: string): readonly KeyEvent[] =>
  value
    .split(';')
    .map((event) => event.split(',').map((part) => part.trim()))
    .filter(([key = '']) => key !== '')
    .map(([key = '', time, pause]) => ({
      key: key.toUpperCase(),
      timeMs: milliseconds(time),
      pauseMs: milliseconds(pause),
    }));
