import { renderProgress, type Pace, type Step } from './progress-bar';
import { statusLine } from './status-line';

/** How often it is drawn anew, in milliseconds. */
const REDRAWN_MS = 100;
/** Before, a pace is a guess. */
const PACE_AFTER_MS = 1_000;

/** Shows how far long work is. */
export interface Progress {
  show: (step: Step) => void;
  /** Something else that is told meanwhile, in lines of its own. */
  note: (text: string) => void;
  /** Leaves the last step to be read. */
  end: () => void;
}

/** Progress on a terminal, in one line that is drawn over; nothing where nobody watches, or a program does. */
export function progressOn(terminal: NodeJS.WriteStream, { json }: { json: boolean }): Progress {
  const line = statusLine(terminal, { json });
  let first: { step: Step; at: number } | undefined;
  let hidden: Step | undefined;
  let drawnAt = -Infinity;
  const draw = (step: Step, at: number): void => {
    hidden = undefined;
    drawnAt = at;
    const pace = first === undefined ? undefined : paceSince(first.step, step, at - first.at);
    line.show((width) => renderProgress(step, pace, width));
  };
  return {
    show: (step) => {
      const at = performance.now();
      first ??= { step, at };
      hidden = step;
      if (at - drawnAt >= REDRAWN_MS) draw(step, at);
    },
    note: line.note,
    end: () => {
      if (hidden !== undefined) draw(hidden, performance.now());
      line.end();
    },
  };
}

/** Progress of so many things of so many, counted one by one. */
export function countdownOn(
  terminal: NodeJS.WriteStream,
  unit: string,
  options: { json: boolean },
): { show: (done: number, total: number) => void; end: () => void } {
  const { show, end } = progressOn(terminal, options);
  return {
    show: (done, total) => {
      show({ text: `${done} of ${total} ${unit}`, count: done, part: total === 0 ? 1 : Math.min(1, done / total) });
    },
    end,
  };
}

/** Undefined while there is too little to tell it by. */
function paceSince(first: Step, now: Step, elapsedMs: number): Pace | undefined {
  if (elapsedMs < PACE_AFTER_MS || now.count <= first.count) return undefined;
  const gained = (now.part ?? 0) - (first.part ?? 0);
  const left = 1 - (now.part ?? 1);
  return {
    perSecond: ((now.count - first.count) * 1_000) / elapsedMs,
    secondsLeft: gained > 0 && left > 0 ? (elapsedMs / 1_000) * (left / gained) : undefined,
  };
}
