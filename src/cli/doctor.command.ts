import { counted } from '../webhooks/counted';
import { DiagnosisService, type Finding } from '../webhooks/delivery/diagnosis.service';
import { SecretsService } from '../webhooks/endpoints/secrets.service';
import { command, type CommandMaker, type JsonOption } from './common-options';
import { withContext, type CliContext } from './connect';
import { EXIT } from './exit-codes';
import { print } from './output';

const SIGNS = { ok: 'ok      ', warning: 'WARNING ', problem: 'PROBLEM ' } as const;
/** `doctor`: what is stuck, and what to do. */
export const doctorCommand: CommandMaker = (name, description) =>
  command(name, description)
    .addHelpText(
      'after',
      `\nExit code: 0 well or warnings only, ${EXIT.problem} a problem; anything else: it could not look.`,
    )
    .action(async ({ json = false }: JsonOption) => {
      const findings = await withContext(examine, { migrate: false });
      const isWell = findings.every(({ level }) => level !== 'problem');
      print({ isWell, findings }, findings.flatMap(describe), { json });
      if (!isWell) process.exitCode = EXIT.problem;
    });

async function examine({ app, pendingMigrations }: CliContext): Promise<Finding[]> {
  const migrations: Finding = {
    check: 'migrations',
    level: pendingMigrations.length === 0 ? 'ok' : 'problem',
    found: `${counted(pendingMigrations.length, 'migration is', 'migrations are')} pending`,
    advice: pendingMigrations.length === 0 ? null : 'Start a node of this version: it applies them.',
    details: pendingMigrations,
  };
  // What else is looked at may not be there yet.
  if (pendingMigrations.length > 0) return [migrations];
  return [migrations, ...(await app.get(DiagnosisService).examine()), await examineSecrets(app.get(SecretsService))];
}

async function examineSecrets(secrets: SecretsService): Promise<Finding> {
  const { total, unreadable } = await secrets.reseal({ dryRun: true });
  return {
    check: 'secrets',
    level: unreadable.length > 0 ? 'problem' : total > 0 ? 'warning' : 'ok',
    found: `${counted(total, 'endpoint has', 'endpoints have')} secrets of an earlier key, ${unreadable.length} of them cannot be read`,
    advice:
      unreadable.length > 0
        ? 'Add the key that encrypted them to SECRETS_KEY_PREVIOUS: their deliveries fail until then.'
        : total > 0
          ? 'Run `secrets rotate`, then remove SECRETS_KEY_PREVIOUS.'
          : null,
    ...(unreadable.length > 0 ? { details: unreadable } : {}),
  };
}

const describe = ({ check, level, found, advice }: Finding): string[] => [
  `${SIGNS[level]} ${check}: ${found}`,
  ...(advice === null ? [] : [`          ${advice}`]),
];
