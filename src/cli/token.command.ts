import { Command } from 'commander';
import { PlatformTokens } from '../auth/platform-tokens';
import { CustomersService } from '../webhooks/customers/customers.service';
import { withContext } from './connect';
import { wholeNumber } from './arguments';
import { print } from './output';

const AN_HOUR_SECONDS = 3_600;
const A_YEAR_SECONDS = 31_536_000;

/** `token`: a JWT such as the platform gives to its users. */
export const tokenCommand = (): Command =>
  new Command('token')
    .description("a JWT for a customer's user, signed with AUTH_JWT_SECRET")
    .requiredOption('--customer <id>', 'the customer')
    .option('--seconds <n>', 'how long it is valid', wholeNumber(1, A_YEAR_SECONDS), AN_HOUR_SECONDS)
    .option('--json', 'print one JSON document')
    .action(async ({ customer: id, seconds, json }: { customer: string; seconds: number; json?: boolean }) => {
      await withContext(async ({ app }) => {
        const { userId, id: customerId } = await app.get(CustomersService).get(id);
        const token = await app.get(PlatformTokens).issue({ userId, customerId }, seconds);
        print({ token, userId, customerId, expiresInSeconds: seconds }, [token], { json: json === true });
      });
    });
