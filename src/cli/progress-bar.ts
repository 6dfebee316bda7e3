import { widthOf } from './table';

/** How far long work is. */
export interface Step {
  /** What was done, for people: `400 of 1000 deliveries`. */
  text: string;
  /** The same as a number, which the rate is of. */
  count: number;
  /** From 0 to 1; undefined where nobody knows how much there is. */
  part?: number | undefined;
}

/** How fast it goes. */
export interface Pace {
  perSecond: number;
  /** Undefined where nobody knows, or nothing is left. */
  secondsLeft: number | undefined;
}

const WIDEST = 40;
const NARROWEST = 10;
const [DONE, LEFT] = ['█', '░'];

/**
 * Progress in a line that fits into so many characters: ` 40 %  ████░░░░░░  400 of 1000 deliveries, 98/s, 6 s left`.
 * Where it is narrow, first the pace is left out, then the bar. Without a part, there is no bar.
 */
export function renderProgress({ text, part }: Step, pace: Pace | undefined, width: number): string {
  const paced = pace === undefined ? text : `${text}, ${renderPace(pace)}`;
  const lines = part === undefined ? [paced, text] : [paced, text].map((told) => withBar(part, told, width));
  return lines.find((line) => line !== undefined && widthOf(line) <= width) ?? text.slice(0, width);
}

function withBar(part: number, text: string, width: number): string | undefined {
  const percent = `${String(Math.floor(part * 100)).padStart(3)} %`;
  const cells = Math.min(WIDEST, width - widthOf(`${percent}    ${text}`));
  if (cells < NARROWEST) return undefined;
  const done = Math.floor(part * cells);
  return `${percent}  ${DONE.repeat(done)}${LEFT.repeat(cells - done)}  ${text}`;
}

function renderPace({ perSecond, secondsLeft }: Pace): string {
  const rate = `${perSecond < 10 ? Number(perSecond.toFixed(1)) : Math.round(perSecond)}/s`;
  return secondsLeft === undefined ? rate : `${rate}, ${renderSeconds(secondsLeft)} left`;
}

function renderSeconds(seconds: number): string {
  const whole = Math.ceil(seconds);
  if (whole < 60) return `${whole} s`;
  const minutes = Math.ceil(seconds / 60);
  return minutes < 60 ? `${minutes} min` : `${Math.floor(minutes / 60)} h ${minutes % 60} min`;
}
