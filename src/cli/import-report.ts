import { open, type FileHandle } from 'node:fs/promises';
import type { ImportProgress, Rejection } from '../webhooks/key-import/key-import.types';

const SHOWN = 20;
/** How often progress is told, in milliseconds: on a terminal, and in a log. */
const ON_TERMINAL_MS = 200;
const IN_LOG_MS = 10_000;

/** Tells how an import goes, and which rows it does not take. */
export class ImportReport {
  private readonly startedAt = Date.now();
  private toldAt = Date.now();
  private shown = 0;
  private hasLine = false;

  private constructor(
    private readonly terminal: NodeJS.WriteStream,
    private readonly file: FileHandle | undefined,
  ) {}

  /** @param path where rejected rows are written; it begins anew, and only its owner can read it */
  static async open(terminal: NodeJS.WriteStream, path: string | undefined): Promise<ImportReport> {
    const file = path === undefined ? undefined : await open(path, 'w', 0o600);
    await file?.write('line,column,reason\n');
    return new ImportReport(terminal, file);
  }

  readonly rejected = async ({ line, column, reason }: Rejection): Promise<void> => {
    if (this.file !== undefined) {
      await this.file.write(`${line},${column},"${reason.replaceAll('"', '""')}"\n`);
      return;
    }
    this.shown += 1;
    if (this.shown <= SHOWN) this.write(`line ${line}: ${column === '' ? '' : `${column} `}${reason}\n`);
    if (this.shown === SHOWN) this.write('More are only counted: --rejects FILE writes them all down.\n');
  };

  readonly progress = (progress: ImportProgress): void => {
    const now = Date.now();
    if (now - this.toldAt < (this.terminal.isTTY ? ON_TERMINAL_MS : IN_LOG_MS)) return;
    this.toldAt = now;
    const rate = Math.round((progress.rows * 1_000) / (now - this.startedAt));
    const text = `${progress.rows} rows (${rate}/s): ${progress.imported} imported, ${progress.present} there already, ${progress.rejected} rejected`;
    this.terminal.write(this.terminal.isTTY ? `\r${text}` : `${text}\n`);
    this.hasLine = this.terminal.isTTY;
  };

  async close(): Promise<void> {
    this.write('');
    await this.file?.close();
  }

  /** Not into the line that is written over. */
  private write(text: string): void {
    this.terminal.write(this.hasLine ? `\n${text}` : text);
    this.hasLine = false;
  }
}
