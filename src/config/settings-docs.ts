import { describeSettings, type SettingDescription } from './describe-settings';

const begin = '<!-- configuration:begin -->';
const end = '<!-- configuration:end -->';

/** The text of `.env.example`: every setting with its default, commented out. */
export function renderEnvExample(): string {
  const header = [
    '# Every setting; all are optional in development. Copy this file to `.env`: the service, the command line and',
    '# `docker compose` read it there. Written by `npm run docs:config`: do not edit.',
  ];
  const settings = describeSettings().map((s) =>
    [`# ${plain(s.description)}`, `# Default: ${plain(s.default)}`, `# ${s.name}=${exampleValue(s)}`].join('\n'),
  );
  return `${[header.join('\n'), ...settings].join('\n\n')}\n`;
}

/** README's table of settings, without its markers. */
export function renderSettingsTable(): string {
  const rows = describeSettings().map((s) => `| \`${s.name}\` | ${s.description} | ${s.default} |`);
  return ['| setting | what it is for | default |', '| --- | --- | --- |', ...rows].join('\n');
}

/** `readme` with its table of settings brought up to date; unchanged when it has no markers for one. */
export function withSettingsTable(readme: string): string {
  const start = readme.indexOf(begin);
  const stop = readme.indexOf(end);
  if (start === -1 || stop < start) return readme;
  return `${readme.slice(0, start + begin.length)}\n\n${renderSettingsTable()}\n\n${readme.slice(stop)}`;
}

function plain(markdown: string): string {
  return markdown.replaceAll('`', '');
}

function exampleValue(setting: SettingDescription): string {
  return setting.example.startsWith('output of') ? '' : setting.example;
}
