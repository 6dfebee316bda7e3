/** How long work goes, on a terminal: one line that is written over. Nothing where nobody watches. */
export function statusLine(terminal: NodeJS.WriteStream): { show: (text: string) => void; end: () => void } {
  let hasLine = false;
  return {
    show: (text) => {
      if (!terminal.isTTY) return;
      terminal.write(`\r\u001b[K${text}`);
      hasLine = true;
    },
    end: () => {
      if (hasLine) terminal.write('\n');
      hasLine = false;
    },
  };
}
