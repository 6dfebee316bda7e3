import { NestFactory } from '@nestjs/core';
import type { OpenAPIObject } from '@nestjs/swagger';
import { AppModule } from '../app.module';
import { loadConfig } from '../config/load-config';
import { createServiceDescription } from './service-description';

const NO_DATABASE = 'postgresql://nowhere.invalid/webhooks';
const SECRETS_KEY = Buffer.alloc(32).toString('base64');

/** The API description of the stand-alone service, without starting it: nothing is connected to. */
export async function describeService(): Promise<OpenAPIObject> {
  const config = { ...loadConfig({}), secretsKey: SECRETS_KEY };
  const nothing = (): Promise<void> => Promise.resolve();
  const database = { url: NO_DATABASE, directUrl: NO_DATABASE, isEmbedded: false, announce: nothing, close: nothing };
  const app = await NestFactory.create(AppModule.for(config, database), { logger: false, abortOnError: false });
  return createServiceDescription(app);
}
