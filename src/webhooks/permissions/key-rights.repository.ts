import { Injectable } from '@nestjs/common';
import { PrismaService } from '../../database/prisma.service';
import type { PermissionUse } from './permissions.types';

/** What decides about a key's requests. */
export interface KeyRights {
  permissions: string[];
  isActive: boolean;
  isCanary: boolean;
  expiresAt: Date | null;
  deletedAt: Date | null;
  allowedCidrs: string[];
  createdAt: Date;
  /** Since when the customer has no access, and why. */
  suspension: { reason: string | null } | null;
}

/** What keys may do, and did. Every query names the customer. */
@Injectable()
export class KeyRightsRepository {
  constructor(private readonly prisma: PrismaService) {}

  /** Deleted keys as well, as long as they can be restored. */
  async find(customerId: string, id: string): Promise<KeyRights | null> {
    const row = await this.prisma.aPIKey.findFirst({
      where: { id, customerId },
      select: {
        permissions: true,
        isActive: true,
        isCanary: true,
        expiresAt: true,
        deletedAt: true,
        allowedCidrs: true,
        createdAt: true,
        customer: { select: { suspendedAt: true, suspendedReason: true } },
      },
    });
    if (row === null) return null;
    const { customer, permissions, ...key } = row;
    const suspension = customer.suspendedAt === null ? null : { reason: customer.suspendedReason };
    return { ...key, permissions: permissions as string[], suspension };
  }

  /** Which permissions routes have asked the key for. */
  async uses(customerId: string, keyId: string): Promise<PermissionUse[]> {
    const rows = await this.prisma.aPIKeyUsage.findMany({
      where: { keyId, customerId },
      select: { permission: true, uses: true, firstUsedAt: true, lastUsedAt: true },
      orderBy: { permission: 'asc' },
    });
    return rows.map(({ uses, ...row }) => ({ ...row, uses: Number(uses) }));
  }
}
