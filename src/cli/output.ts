/** Prints a result: one JSON document with `--json`, lines for people otherwise. */
export function print(result: unknown, lines: readonly string[], { json = false }: { json?: boolean }): void {
  process.stdout.write(`${json ? JSON.stringify(result) : lines.join('\n')}\n`);
}
