import { isUsable, type Scope } from "./identifiers.js";
import type { PinnedName } from "./pinned.js";

/** Names by what they name; the first is the main one, which the others follow from. */
export type Names = { readonly [role: string]: string };

/** How one schema or operation comes to its names: first what is pinned, for all of them, then what is free. */
export class Choice {
  private readonly chosen = new Map<string, string>();
  private readonly wanted: string;
  private readonly derive: (main: string) => Names;
  private readonly pin: Names;
  private readonly main: string;
  private readonly following: ((main: string) => readonly string[]) | undefined;

  /**
   * @param following the names without which a new main name is not chosen. Those of schemas are free or taken together (`URLSchema` and `UrlSchema`
   * cannot share `urlSchema`); an operation keeps its function's name where one of the others is taken.
   */
  constructor(
    wanted: string,
    derive: (main: string) => Names,
    pin: PinnedName | undefined,
    following?: (main: string) => readonly string[],
  ) {
    this.wanted = wanted;
    this.derive = derive;
    this.following = following;
    this.main = Object.keys(derive(wanted))[0]!;
    this.pin = typeof pin === "string" ? { [this.main]: pin } : (pin ?? {});
  }

  keepMain(scope: Scope): void {
    this.keep(scope, this.main, this.pin[this.main]);
  }

  keepOthers(scope: Scope): void {
    const main = this.chosen.get(this.main);
    if (main === undefined) return;
    for (const [role, regular] of Object.entries(this.derive(main)))
      if (role !== this.main) this.keep(scope, role, this.pin[role] ?? regular);
  }

  private keep(scope: Scope, role: string, name: string | undefined): void {
    const kept = name !== undefined && isUsable(name) ? scope.claimExactly(name) : undefined;
    if (kept !== undefined) this.chosen.set(role, kept);
  }

  /** Chooses what is not kept. */
  choose(scope: Scope): void {
    const main = this.chosen.get(this.main) ?? scope.claim(this.wanted, this.following);
    this.chosen.set(this.main, main);
    for (const [role, regular] of Object.entries(this.derive(main)))
      if (!this.chosen.has(role)) this.chosen.set(role, scope.claim(regular));
  }

  find(role: string): string | undefined {
    return this.chosen.get(role);
  }

  /** The name of a role that is always there. */
  name(role: string): string {
    return this.chosen.get(role)!;
  }

  /** The names as a manifest keeps them: the main one, and those that do not follow from it, because they were taken. */
  pinned(): PinnedName {
    const main = this.name(this.main);
    const regular = this.derive(main);
    const others = Object.keys(regular).filter((role) => this.name(role) !== regular[role]);
    if (others.length === 0) return main;
    return Object.fromEntries([this.main, ...others].map((role) => [role, this.name(role)]));
  }
}
