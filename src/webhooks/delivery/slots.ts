/** What waits, by customer and flow: a customer's flows are its endpoints, or the jobs that came for it. */
type Waiting = Map<string, Map<string, (() => void)[]>>;

/**
 * So many at once; the others wait. Customers take turns, and within a customer its flows: one that has many waiting
 * holds up none that has few. Within a flow, they go in the order they came.
 */
export class Slots {
  /** The customer, and of each the flow, whose turn is next comes first. */
  private readonly waiting: Waiting = new Map();
  private free: number;

  constructor(size: number) {
    this.free = size;
  }

  get isFull(): boolean {
    return this.free === 0;
  }

  /** Resolves when there is a slot; it is the caller's until it is given back. */
  take(customer: string, flow: string): Promise<void> | undefined {
    if (this.free > 0) {
      this.free -= 1;
      return undefined;
    }
    return new Promise((resolve) => {
      const flows = entryOf(this.waiting, customer, () => new Map<string, (() => void)[]>());
      entryOf(flows, flow, (): (() => void)[] => []).push(resolve);
    });
  }

  giveBack(): void {
    const next = this.takeNext();
    if (next === undefined) this.free += 1;
    else next();
  }

  /** What else waits in its flow goes behind the customer's other flows, and these behind the other customers. */
  private takeNext(): (() => void) | undefined {
    const customer = firstOf(this.waiting);
    const flow = customer === undefined ? undefined : firstOf(customer.value);
    if (customer === undefined || flow === undefined) return undefined;
    const next = flow.value.shift();
    moveBehind(customer.value, flow, flow.value.length > 0);
    moveBehind(this.waiting, customer, customer.value.size > 0);
    return next;
  }
}

interface Entry<Value> {
  name: string;
  value: Value;
}

function entryOf<Value>(entries: Map<string, Value>, name: string, make: () => Value): Value {
  const entry = entries.get(name) ?? make();
  entries.set(name, entry);
  return entry;
}

function firstOf<Value>(entries: Map<string, Value>): Entry<Value> | undefined {
  for (const [name, value] of entries) return { name, value };
  return undefined;
}

/** Puts an entry behind the others, or drops it when nothing waits in it. */
function moveBehind<Value>(entries: Map<string, Value>, { name, value }: Entry<Value>, isWaiting: boolean): void {
  entries.delete(name);
  if (isWaiting) entries.set(name, value);
}
