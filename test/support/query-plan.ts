/** A node of a plan, as `EXPLAIN (FORMAT JSON)` writes it. */
export interface PlanNode {
  'Node Type': string;
  'Index Name'?: string;
  Plans?: PlanNode[];
}

/** A node, and all that it is made of. */
export const nodesOf = <Node extends PlanNode>(node: Node): Node[] => [
  node,
  ...((node.Plans ?? []) as Node[]).flatMap((child) => nodesOf(child)),
];
