import { PlatformTokens } from '../auth/platform-tokens';
import { CustomersService } from '../webhooks/customers/customers.service';
import { wholeNumber } from './arguments';
import { customerCommandOf, type CustomerOptions, type CommandMaker } from './common-options';
import { withContext } from './connect';
import { print } from './output';

const AN_HOUR_SECONDS = 3_600;
const A_YEAR_SECONDS = 31_536_000;

/** `token`: a JWT such as the platform gives to its users. */
export const tokenCommand: CommandMaker = (name, description) =>
  customerCommandOf(name, description)
    .option('--seconds <n>', 'how long it is valid', wholeNumber(1, A_YEAR_SECONDS), AN_HOUR_SECONDS)
    .action(async ({ customer: id, seconds, json = false }: CustomerOptions & { seconds: number }) => {
      await withContext(async ({ app }) => {
        const { userId, id: customerId } = await app.get(CustomersService).get(id);
        const token = await app.get(PlatformTokens).issue({ userId, customerId }, seconds);
        print({ token, userId, customerId, expiresInSeconds: seconds }, [token], { json });
      });
    });
