/**
 * The nodes of a graph in an order in which each comes after those that it points to. Nodes that lead to each other (a strongly
 * connected component, Tarjan 1972) come together.
 */
export function dependencyGroups<Id>(ids: Iterable<Id>, targetsOf: (id: Id) => readonly Id[]): Id[][] {
  const groups: Id[][] = [];
  const state = new Map<Id, { index: number; low: number; onStack: boolean }>();
  const stack: Id[] = [];
  for (const id of ids) if (!state.has(id)) visit(id);
  return groups;

  /** Iterative: a chain of 10,000 references takes no call stack. */
  function visit(root: Id): void {
    const work: { id: Id; targets: Iterator<Id> }[] = [enter(root)];
    for (let top = work.at(-1); top; top = work.at(-1)) {
      const next = top.targets.next();
      const own = state.get(top.id)!;
      if (next.done) {
        work.pop();
        const parent = work.at(-1);
        if (parent) lower(parent.id, own.low);
        if (own.low === own.index) groups.push(leave(top.id));
      } else if (!state.has(next.value)) work.push(enter(next.value));
      else if (state.get(next.value)!.onStack) lower(top.id, state.get(next.value)!.index);
    }
  }

  function enter(id: Id): { id: Id; targets: Iterator<Id> } {
    state.set(id, { index: state.size, low: state.size, onStack: true });
    stack.push(id);
    return { id, targets: targetsOf(id).values() };
  }

  function lower(id: Id, low: number): void {
    const own = state.get(id)!;
    own.low = Math.min(own.low, low);
  }

  function leave(id: Id): Id[] {
    const members = stack.splice(stack.lastIndexOf(id));
    for (const member of members) state.get(member)!.onStack = false;
    return members;
  }
}
