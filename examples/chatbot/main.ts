import { NestFactory } from '@nestjs/core';
import { AppModule } from './app.module';

async function main(): Promise<void> {
  const app = await NestFactory.create(AppModule, { logger: ['warn', 'error', 'fatal'], abortOnError: false });
  // So that deliveries under way are finished when the application stops.
  app.enableShutdownHooks();
  await app.listen(process.env['PORT'] ?? 4_000, '127.0.0.1');
  console.log(`The chatbot is ready at ${await app.getUrl()}`);
}

main().catch((error: unknown) => {
  console.error(error instanceof Error ? error.message : error);
  process.exit(1);
});
