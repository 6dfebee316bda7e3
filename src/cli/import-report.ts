import { open, type FileHandle } from 'node:fs/promises';
import { counted } from '../webhooks/counted';
import type { ImportProgress, Rejection } from '../webhooks/key-import/key-import.types';
import { progressOn, type Progress } from './progress';

const SHOWN = 20;
/** How often progress is told in a log, in milliseconds. */
const IN_LOG_MS = 10_000;

/** Tells how an import goes, and which rows it does not take. */
export class ImportReport {
  private readonly startedAt = Date.now();
  private toldAt = this.startedAt;
  private shown = 0;
  private readonly bar: Progress;

  private constructor(
    private readonly stream: NodeJS.WriteStream,
    private readonly options: { json: boolean },
    private readonly file: FileHandle | undefined,
  ) {
    this.bar = progressOn(stream, options);
  }

  /** @param rejects where rejected rows are written; it begins anew, and only its owner can read it */
  static async open(
    stream: NodeJS.WriteStream,
    { rejects, json }: { rejects: string | undefined; json: boolean },
  ): Promise<ImportReport> {
    const file = rejects === undefined ? undefined : await open(rejects, 'w', 0o600);
    await file?.write('line,column,reason\n');
    return new ImportReport(stream, { json }, file);
  }

  readonly rejected = async ({ line, column, reason }: Rejection): Promise<void> => {
    if (this.file !== undefined) {
      await this.file.write(`${line},${column},"${reason.replaceAll('"', '""')}"\n`);
      return;
    }
    this.shown += 1;
    if (this.shown <= SHOWN) this.bar.note(`line ${line}: ${column === '' ? '' : `${column} `}${reason}\n`);
    if (this.shown === SHOWN) this.bar.note('More are only counted: --rejects FILE writes them all down.\n');
  };

  /** @param part how much of the file was read, from 0 to 1; undefined where nobody knows how long it is */
  progress({ rows, imported, present, rejected }: ImportProgress, part: number | undefined): void {
    this.bar.show({ text: `${counted(rows, 'row')}, ${rejected} rejected`, count: rows, part });
    if (this.stream.isTTY || this.options.json) return;
    const rate = Math.round((rows * 1_000) / (Date.now() - this.startedAt));
    this.log(`${rows} rows (${rate}/s): ${imported} imported, ${present} there already, ${rejected} rejected`);
  }

  async close(): Promise<void> {
    this.bar.end();
    await this.file?.close();
  }

  /** Where nobody watches, but somebody may read it later. */
  private log(text: string): void {
    const now = Date.now();
    if (now - this.toldAt < IN_LOG_MS) return;
    this.toldAt = now;
    this.stream.write(`${text}\n`);
  }
}
