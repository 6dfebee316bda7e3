import { Command } from 'commander';
import { keyImportCommand } from './key-import.command';

/** `key`: API keys. */
export const keyCommand = (): Command => new Command('key').description('API keys').addCommand(keyImportCommand());
