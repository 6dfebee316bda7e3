/** One line of a terminal that is written over. */
interface StatusLine {
  /** @param render the line, for so many characters */
  show: (render: (width: number) => string) => void;
  /** Writes something else, in lines of its own; also where there is no terminal. */
  note: (text: string) => void;
  end: () => void;
}

/** What a terminal that does not tell its width has. */
const USUAL_WIDTH = 80;
const ERASE_LINE = '\r\u001b[K';

/** A line on a terminal; nothing where nobody watches, or a program does. */
export function statusLine(terminal: NodeJS.WriteStream, { json }: { json: boolean }): StatusLine {
  const isShown = terminal.isTTY && !json;
  let hasLine = false;
  return {
    show: (render) => {
      if (!isShown) return;
      // A line that fills the terminal would be two of them on some.
      terminal.write(`${ERASE_LINE}${render((terminal.columns || USUAL_WIDTH) - 1)}`);
      hasLine = true;
    },
    note: (text) => {
      terminal.write(hasLine ? `${ERASE_LINE}${text}` : text);
      hasLine = false;
    },
    end: () => {
      if (hasLine) terminal.write('\n');
      hasLine = false;
    },
  };
}
