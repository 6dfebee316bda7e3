import { Injectable } from '@nestjs/common';
import { PrismaService } from '../../database/prisma.service';
import type { AuthenticatedCustomer, AuthenticatedUser } from '../identity.types';

/** Users and customers. */
@Injectable()
export class CustomersRepository {
  constructor(private readonly prisma: PrismaService) {}

  /**
   * Creates the user and the customer where they are missing, and takes over the name. Safe to call at the same time
   * from several places.
   * @returns the customer as it is now: its `userId` differs from the given one when it belongs to somebody else, and
   * then nothing was changed
   */
  async ensure(customer: { id: string; userId: string; name: string }): Promise<AuthenticatedCustomer> {
    const { User, Customer } = this.prisma.tables;
    return this.prisma.$transaction(async (tx) => {
      await tx.$executeRawUnsafe(`INSERT INTO ${User} (id) VALUES ($1) ON CONFLICT DO NOTHING`, customer.userId);
      const [changed] = await tx.$queryRawUnsafe<AuthenticatedCustomer[]>(
        `INSERT INTO ${Customer} AS c (id, "userId", name) VALUES ($1, $2, $3)
         ON CONFLICT (id) DO UPDATE SET name = excluded.name WHERE c."userId" = excluded."userId"
         RETURNING id, "userId", name, "createdAt"`,
        customer.id,
        customer.userId,
        customer.name,
      );
      return changed ?? tx.customer.findUniqueOrThrow({ where: { id: customer.id } });
    });
  }

  /** The customer and its user, when the customer belongs to that user. */
  async findOwned(
    userId: string,
    customerId: string,
  ): Promise<{ user: AuthenticatedUser; customer: AuthenticatedCustomer } | null> {
    const found = await this.prisma.customer.findFirst({ where: { id: customerId, userId }, include: { user: true } });
    if (found === null) return null;
    const { user, ...customer } = found;
    return { user, customer };
  }

  async find(id: string): Promise<AuthenticatedCustomer | null> {
    return this.prisma.customer.findUnique({ where: { id } });
  }
}
