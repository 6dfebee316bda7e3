import { existsSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { execFileSync } from 'node:child_process';

/** The project's folder. */
export const ROOT = join(__dirname, '../..');

/** A fenced block of a page. */
export interface CodeBlock {
  /** `docs/delivery.md:12`: where the block begins. */
  readonly where: string;
  readonly language: string;
  readonly code: string;
  /** The text of the HTML comment above it; empty = there is none. */
  readonly remark: string;
}

/** A link as it is written. */
export interface Link {
  readonly where: string;
  readonly target: string;
}

/** Every Markdown page of the project, its own copies of others' excepted, relative to {@link ROOT}. */
export const markdownPages = (): string[] => filesOf('*.md');

/** Every file of the project that is text, with it. */
export function textFiles(): { file: string; text: string }[] {
  const files = filesOf('.').filter((file) => existsSync(join(ROOT, file)));
  return files.map((file) => ({ file, text: readPage(file) })).filter(({ text }) => !text.includes('\0'));
}

function filesOf(pattern: string): string[] {
  const args = ['ls-files', '--cached', '--others', '--exclude-standard', pattern];
  return execFileSync('git', args, { cwd: ROOT, encoding: 'utf8' }).split('\n').filter(Boolean).sort();
}

/** The text of a page. */
export const readPage = (page: string): string => readFileSync(join(ROOT, page), 'utf8');

const FENCE = /^ *(?<fence>```+)(?<language>[\w-]*)[^\n]*$/;

/** The fenced blocks of a page, in their order. */
export function codeBlocks(page: string): CodeBlock[] {
  const blocks: CodeBlock[] = [];
  let open: { language: string; from: number; remark: string } | undefined;
  let remark = '';
  const lines = readPage(page).split('\n');
  lines.forEach((line, index) => {
    const language = FENCE.exec(line)?.groups?.['language'];
    if (language === undefined) {
      if (open === undefined && line.trim() !== '') remark = /^<!-- (.*) -->$/.exec(line)?.[1] ?? '';
    } else if (open === undefined) {
      open = { language, from: index + 1, remark };
    } else {
      const code = lines.slice(open.from, index).join('\n');
      blocks.push({ where: `${page}:${open.from + 1}`, language: open.language, code, remark: open.remark });
      [open, remark] = [undefined, ''];
    }
  });
  return blocks;
}

/** A page's text without its fenced blocks; as many lines as before. */
export function prose(page: string): string {
  let isCode = false;
  return readPage(page)
    .split('\n')
    .map((line) => {
      const isFence = FENCE.test(line);
      if (isFence) isCode = !isCode;
      return isFence || isCode ? '' : line;
    })
    .join('\n');
}

/** The inline code of a page: what stands between backquotes. */
export function inlineCode(page: string): { where: string; code: string }[] {
  return prose(page)
    .split('\n')
    .flatMap((line, index) =>
      [...line.matchAll(/`([^`]+)`/g)].map(([, code = '']) => ({ where: `${page}:${index + 1}`, code })),
    );
}

/** The inline links and images of a page, without what stands in code. */
export function links(page: string): Link[] {
  return prose(page)
    .split('\n')
    .flatMap((line, index) =>
      [...line.replaceAll(/`[^`]*`/g, 'code').matchAll(/\]\(<?([^)\s>]+)>?(?: "[^"]*")?\)/g)].map(
        ([, target = '']) => ({
          where: `${page}:${index + 1}`,
          target,
        }),
      ),
    );
}

/** The anchors of a page's headings, as GitHub makes them. */
export function anchors(page: string): Set<string> {
  const found = new Map<string, number>();
  for (const [, heading = ''] of prose(page).matchAll(/^#{1,6} +(.+?) *#*$/gm)) {
    const slug = slugOf(heading);
    found.set(slug, (found.get(slug) ?? 0) + 1);
  }
  const numbered = [...found].flatMap(([slug, count]) =>
    Array.from({ length: count }, (_, index) => (index === 0 ? slug : `${slug}-${index}`)),
  );
  const explicit = [...prose(page).matchAll(/<a (?:id|name)="([^"]+)"/g)].map(([, id = '']) => id);
  return new Set([...numbered, ...explicit]);
}

function slugOf(heading: string): string {
  return heading
    .replaceAll(/\[([^\]]*)\]\([^)]*\)/g, '$1')
    .replaceAll(/[`*]/g, '')
    .toLowerCase()
    .replaceAll(/[^\p{L}\p{N}\p{M}_ -]/gu, '')
    .replaceAll(' ', '-');
}
