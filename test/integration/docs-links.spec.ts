import { existsSync, statSync } from 'node:fs';
import { dirname, join, relative } from 'node:path';
import { anchors, codeBlocks, links, markdownPages, prose, ROOT, textFiles } from '../support/markdown';

// Every Markdown page of the project, on GitHub and in an editor alike: nothing is generated from them.
const pages = markdownPages();

it('there are pages', () => {
  expect(pages).toEqual(expect.arrayContaining(['README.md', 'docs/README.md', 'docs/getting-started.md']));
});

describe.each(pages)('%s', (page) => {
  it('links only to what is there', () => {
    const broken = links(page).filter(({ target }) => !/^[a-z]+:/.test(target) && !resolves(page, target));
    expect(broken).toEqual([]);
  });

  it('closes its fences, and its JSON is JSON', () => {
    const blocks = codeBlocks(page);
    const faults = blocks.filter(({ language, code }) => language === 'json' && !isJson(code));
    expect(faults.map(({ where }) => where)).toEqual([]);
    expect(prose(page).match(/^ *```/gm)).toBeNull();
  });
});

it('the index of the documentation leads to every page in its folder', () => {
  const listed = links('docs/README.md').map(({ target }) => target.replace(/#.*$/, ''));
  const inFolder = pages.filter((page) => dirname(page) === 'docs' && page !== 'docs/README.md');
  expect(inFolder.filter((page) => !listed.includes(relative('docs', page)))).toEqual([]);
});

it('the index of the documentation names nothing twice', () => {
  const listed = links('docs/README.md').map(({ target }) => target);
  expect(listed.filter((target, index) => listed.indexOf(target) !== index)).toEqual([]);
});

describe('what a merge that was not finished leaves behind', () => {
  // As git writes it, and as Prettier makes Markdown of it.
  const MARKS = /^(?:<{7} .*|\|{7} .*|={7}|>{7} .*|(?:> ){3,}.*|\s*\\={7})$/;

  it('is in no file', () => {
    const found = textFiles().flatMap(({ file, text }) =>
      text.split(/\r?\n/).flatMap((line, index) => (MARKS.test(line) ? [`${file}:${index + 1}: ${line}`] : [])),
    );
    expect(found).toEqual([]);
  });

  it('would be found', () => {
    const left = [
      '<'.repeat(7) + ' HEAD',
      '='.repeat(7),
      '>'.repeat(7) + ' main',
      '> '.repeat(7) + 'main',
      '  \\=======',
    ];
    expect(left.filter((line) => !MARKS.test(line))).toEqual([]);
    expect(['', '> quoted', '> > quoted twice', '========', 'a <<<<<<< b'].filter((line) => MARKS.test(line))).toEqual(
      [],
    );
  });
});

function resolves(page: string, target: string): boolean {
  const [path = '', anchor] = decodeURIComponent(target).split('#');
  const file = path === '' ? page : relative(ROOT, join(ROOT, dirname(page), path));
  if (file.startsWith('..') || !existsSync(join(ROOT, file))) return false;
  if (anchor === undefined) return true;
  return statSync(join(ROOT, file)).isFile() && file.endsWith('.md') && anchors(file).has(anchor);
}

/** Also what stands for several values, one after the other, and what is left out, as `…`. */
function isJson(code: string): boolean {
  const parses = (text: string): boolean => {
    try {
      JSON.parse(text);
      return true;
    } catch {
      return false;
    }
  };
  return parses(code) || code.split('\n').every((line) => line.trim() === '' || parses(line));
}
