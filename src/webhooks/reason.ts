/** What an error says, in one line: Prisma puts the query before it, over many. */
export const reasonOf = (error: unknown): string => (error as Error).message.split('\n').at(-1) ?? '';
