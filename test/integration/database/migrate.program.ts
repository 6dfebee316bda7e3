// Run by migrator.spec.ts: migrates, prints what it applied as a line of JSON, and has nothing else to do.
import { migrate } from '../../../src/database/migrator';

const [url = '', schema = ''] = process.argv.slice(2);

void migrate({ url, schema }).then((result) => {
  console.log(JSON.stringify(result));
});
