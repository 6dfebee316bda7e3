/** Progress of long work on a terminal: one line that is written over; nothing where nobody watches. */
export function progressOn(
  terminal: NodeJS.WriteStream,
  unit: string,
): { show: (done: number, total: number) => void; end: () => void } {
  let hasLine = false;
  return {
    show: (done, total) => {
      if (!terminal.isTTY) return;
      terminal.write(`\r${done} of ${total} ${unit}`);
      hasLine = true;
    },
    end: () => {
      if (hasLine) terminal.write('\n');
    },
  };
}
