/** One line that says what is under way: rewritten on a terminal, a new one each time elsewhere. */
export function createProgress(
  stream: NodeJS.WriteStream,
  total: number,
): { next: (title: string) => void; say: (text: string) => void; end: () => void } {
  let number = 0;
  let title = '';
  const write = (text: string): void => {
    if (stream.isTTY) stream.write(`\r\u001b[2K${text}`);
    else stream.write(`${text}\n`);
  };
  const line = (): string => `[${number}/${total}] ${title}`;
  return {
    next: (of) => {
      number += 1;
      title = of;
      write(line());
    },
    say: (text) => write(`${line()}: ${text}`),
    end: () => {
      if (stream.isTTY) stream.write('\r\u001b[2K');
    },
  };
}
