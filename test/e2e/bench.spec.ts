import { spawn } from 'node:child_process';
import { join } from 'node:path';

const root = join(__dirname, '../..');

/** Runs the benchmark as `npm run bench` does, without building once more. */
async function bench(...args: string[]): Promise<{ code: number | null; stdout: string; stderr: string }> {
  const command = ['-r', join(root, 'test/support/register-typescript.js'), join(root, 'bench/main.ts'), ...args];
  const child = spawn(process.execPath, command, { stdio: ['ignore', 'pipe', 'pipe'] });
  const output = { stdout: '', stderr: '' };
  child.stdout.setEncoding('utf8').on('data', (text: string) => (output.stdout += text));
  child.stderr.setEncoding('utf8').on('data', (text: string) => (output.stderr += text));
  const code = await new Promise<number | null>((resolve) => child.once('close', resolve));
  return { code, ...output };
}

describe('npm run bench', () => {
  it('measures, and says so in JSON', async () => {
    const { code, stdout, stderr } = await bench('--quick', '--only', 'end-to-end-postgres', '--json');
    expect({ code, stderr }).toMatchObject({ code: 0, stderr: expect.stringContaining('[1/1] end to end') });
    const { machine, ceilingPerSecond, figures, skipped, failed } = JSON.parse(stdout);
    expect(machine).toMatchObject({ cores: expect.any(Number), node: process.version });
    expect(ceilingPerSecond).toBeGreaterThan(0);
    expect({ skipped, failed }).toEqual({ skipped: [], failed: [] });
    expect(figures[0]).toEqual({
      name: 'end-to-end-postgres',
      title: expect.any(String),
      value: expect.any(Number),
      unit: 'per second',
      ratio: expect.any(Number),
      goal: { text: '>= 0.25', isMet: expect.any(Boolean) },
    });
    expect(figures[0].value).toBeGreaterThan(0);
  }, 180_000);

  it('says why a case came to no end, and goes on to its end', async () => {
    const nowhere = join(root, 'no-such-checkout');
    const run = await bench(
      '--quick',
      '--only',
      'end-to-end-postgres,latency-postgres',
      '--json',
      '--checkout',
      nowhere,
    );
    const { figures, failed } = JSON.parse(run.stdout) as { figures: unknown[]; failed: string[] };
    expect({ code: run.code, figures, cases: failed.map((text) => text.split(':')[0]) }).toEqual({
      code: 1,
      figures: [],
      cases: ['end-to-end-postgres', 'latency-postgres'],
    });
    expect(failed[0]).toContain('Cannot find module');
  }, 120_000);

  it('lists what it can measure, and refuses what it cannot', async () => {
    const { stdout } = await bench('--list');
    expect(stdout).toMatch(/^end-to-end-redis .*\n/);
    const { code, stderr } = await bench('--only', 'nothing');
    expect({ code, stderr }).toMatchObject({ code: 1, stderr: expect.stringContaining('There is no case nothing') });
  }, 60_000);
});
