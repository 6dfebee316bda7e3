import { Module } from '@nestjs/common';
import { DatabaseModule } from '../../database/database.module';
import { CustomersRepository } from './customers.repository';
import { CustomersService } from './customers.service';

/** The tenants. */
@Module({
  imports: [DatabaseModule],
  providers: [CustomersRepository, CustomersService],
  exports: [CustomersService],
})
export class CustomersModule {}
