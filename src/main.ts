import './service/require-node';
import { runService } from './service/run-service';
import { describeFailure } from './service/startup-error';

runService().catch((error: unknown) => {
  process.stderr.write(`${describeFailure(error)}\n`);
  process.exit(1);
});
