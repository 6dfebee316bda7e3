import { renderProgress } from './progress-bar';
import { countdownOn, progressOn } from './progress';

/** What a terminal of so many columns shows of what is written to it. */
class Screen {
  readonly isTTY: boolean;
  readonly rows = [''];
  written = '';
  private column = 0;

  constructor(
    public columns: number,
    { isTerminal = true } = {},
  ) {
    this.isTTY = isTerminal;
  }

  write(text: string): boolean {
    this.written += text;
    // eslint-disable-next-line no-control-regex -- that is what moves the cursor
    for (const [piece] of text.matchAll(/\u001b\[K|./gsu)) this.take(piece);
    return true;
  }

  private take(piece: string): void {
    const row = this.rows.at(-1) ?? '';
    if (piece === '\r') this.column = 0;
    else if (piece === '\n') this.begin();
    else if (piece === '\u001b[K') this.rows.splice(-1, 1, row.slice(0, this.column));
    else {
      if (this.column === this.columns) this.begin();
      const at = this.rows.at(-1) ?? '';
      this.rows.splice(-1, 1, at.slice(0, this.column) + piece + at.slice(this.column + 1));
      this.column += 1;
    }
  }

  private begin(): void {
    this.rows.push('');
    this.column = 0;
  }
}

const terminalOf = (screen: Screen): NodeJS.WriteStream => screen as unknown as NodeJS.WriteStream;
const forPeople = { json: false };

beforeEach(() => jest.useFakeTimers());
afterEach(() => jest.useRealTimers());

it('a terminal shows a bar in one line, with the rate and the time that is left, and keeps the last one', () => {
  const screen = new Screen(80);
  const progress = countdownOn(terminalOf(screen), 'deliveries', forPeople);
  progress.show(0, 1_000);
  expect(screen.rows).toEqual([`  0 %  ${'░'.repeat(40)}  0 of 1000 deliveries`]);
  jest.advanceTimersByTime(5_000);
  progress.show(250, 1_000);
  expect(screen.rows).toEqual([` 25 %  ${'█'.repeat(7)}${'░'.repeat(24)}  250 of 1000 deliveries, 50/s, 15 s left`]);
  jest.advanceTimersByTime(15_000);
  progress.show(1_000, 1_000);
  progress.end();
  expect(screen.rows).toEqual([`100 %  ${'█'.repeat(40)}  1000 of 1000 deliveries, 50/s`, '']);
});

it('it is drawn ten times a second at most, and the last step is shown all the same', () => {
  const screen = new Screen(80);
  const progress = countdownOn(terminalOf(screen), 'rows', forPeople);
  for (let done = 0; done <= 500; done += 1) {
    progress.show(done, 500);
    jest.advanceTimersByTime(1);
  }
  expect(screen.written.split('\r').length - 1).toBe(6);
  progress.end();
  expect(screen.rows[0]).toMatch(/^100 % {2}█+ {2}500 of 500 rows$/);
});

it('a line never wraps, whatever becomes of the terminal', () => {
  const screen = new Screen(120);
  const progress = countdownOn(terminalOf(screen), 'deliveries', forPeople);
  for (let columns = 120; columns > 0; columns -= 1) {
    screen.columns = columns;
    progress.show(120 - columns, 120);
    jest.advanceTimersByTime(200);
  }
  expect(screen.rows).toHaveLength(1);
});

it('without a total there is a counter and no bar', () => {
  const screen = new Screen(80);
  const progress = progressOn(terminalOf(screen), forPeople);
  progress.show({ text: '10 rows deleted', count: 10 });
  jest.advanceTimersByTime(2_000);
  progress.show({ text: '30 rows deleted', count: 30 });
  expect(screen.rows).toEqual(['30 rows deleted, 10/s']);
});

it('what is told meanwhile stands above the bar', () => {
  const screen = new Screen(80);
  const progress = progressOn(terminalOf(screen), forPeople);
  progress.show({ text: '10 rows', count: 10, part: 0.5 });
  progress.note('line 7: the key is too short\n');
  jest.advanceTimersByTime(200);
  progress.show({ text: '20 rows', count: 20, part: 1 });
  progress.end();
  expect(screen.rows).toEqual(['line 7: the key is too short', `100 %  ${'█'.repeat(40)}  20 rows`, '']);
});

it.each([
  ['where nobody watches', new Screen(80, { isTerminal: false }), { json: false }],
  ['where a program reads the result', new Screen(80), { json: true }],
])('%s, nothing is shown but what is told', (_where, screen, options) => {
  const progress = progressOn(terminalOf(screen), options);
  progress.show({ text: '10 rows', count: 10, part: 0.5 });
  progress.note('line 7: the key is too short\n');
  progress.end();
  expect(screen.written).toBe('line 7: the key is too short\n');
});

it.each([
  [0.5, 90, '0.5/s, 2 min left'],
  [12.6, 3.2, '13/s, 4 s left'],
  [100, 5_400, '100/s, 1 h 30 min left'],
  [100, 3_599, '100/s, 1 h 0 min left'],
  [2, undefined, '2/s'],
])('%d a second and %d seconds left are %j', (perSecond, secondsLeft, told) => {
  expect(renderProgress({ text: '', count: 0 }, { perSecond, secondsLeft }, 80)).toBe(`, ${told}`);
});

it.each([
  [70, ` 40 %  ${'█'.repeat(9)}${'░'.repeat(14)}  400 of 1000 deliveries, 98/s, 6 s left`],
  [50, ` 40 %  ${'█'.repeat(7)}${'░'.repeat(12)}  400 of 1000 deliveries`],
  [30, '400 of 1000 deliveries'],
  [12, '400 of 1000 '],
])('in %d characters, what is worth most is shown', (width, line) => {
  const step = { text: '400 of 1000 deliveries', count: 400, part: 0.4 };
  expect(renderProgress(step, { perSecond: 98, secondsLeft: 6 }, width)).toBe(line);
});
