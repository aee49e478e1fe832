import type { Change, Pair } from "../change.js";
import type { JsonValue } from "../../source/json.js";
import type { Unchanged } from "../compare/unchanged.js";
import { ruleOf } from "../rules/rules.js";
import { callbackWitness } from "./callback-witness.js";
import { nearValues, plantedValues, type Material } from "./candidates.js";
import { flowWitness } from "./flow-witness.js";
import { MessageSearch } from "./message-witness.js";
import type { Side } from "./sample-values.js";
import { Subjects } from "./subjects.js";
import { Unexplained } from "./unexplained.js";
import { valueWitness } from "./value-witness.js";
import type { Witness } from "./witness.js";

/** After so many searches far from the top that have found nothing, a review has no more of them. */
const MAX_VAIN = 400;

/**
 * Searches for witnesses. Requests break where the old document allows what the new one refuses, responses where the new one allows
 * what the old one refuses.
 */
export class WitnessSearch {
  private readonly subjects: Subjects;
  private readonly meant: Subjects;
  private readonly callers: Pair<Side>;
  private readonly messages: MessageSearch;
  private readonly rest: Unexplained;
  /** Searches far from the top that have found nothing. */
  private vain = 0;

  /**
   * @param others the sides as packages read them, with what discriminators mean; and those with the operations that callbacks belong to.
   */
  constructor(
    sides: Pair<Side>,
    unchanged: Unchanged,
    others: { readonly meant?: Pair<Side>; readonly callers?: Pair<Side> },
  ) {
    this.subjects = new Subjects(sides);
    this.meant = others.meant ? new Subjects(others.meant) : this.subjects;
    this.callers = others.callers ?? sides;
    this.messages = new MessageSearch(this.subjects);
    this.rest = new Unexplained(this.subjects, unchanged);
  }

  /** A witness of a change; undefined where none is found. */
  of(change: Change): Witness | undefined {
    return ruleOf(change.rule).area === "schema" ? this.among(nearValues, change) : this.ofMessage(change);
  }

  /** The same by values that take longer to make. */
  far(change: Change): Witness | undefined {
    if (ruleOf(change.rule).area !== "schema" || this.vain >= MAX_VAIN) return undefined;
    const found = this.among(plantedValues, change);
    if (!found) this.vain += 1;
    return found;
  }

  private among(values: (of: Material) => Iterable<JsonValue>, change: Change): Witness | undefined {
    const subjects = change.guard === "meant" ? this.meant : this.subjects;
    const schemas = subjects.schemas(change);
    if (!schemas) return undefined;
    const { values: sides } = subjects;
    const isText = !change.isJson && subjects.isText(change);
    const material = { change, schemas, values: sides, isText };
    const any = () => valueWitness(values(material), material, (found) => found);
    if (change.subject.kind === "body" || change.subject.kind === "response") return any();
    // A value that the parser of texts reads otherwise than the validator shows less than one that it does not.
    return (
      valueWitness(values(material), material, (found) => this.messages.carrying(found, change)) ?? any()
    );
  }

  private ofMessage(change: Change): Witness | undefined {
    if (change.rule === "api-security-component-oauth-flow-removed")
      return flowWitness(change, this.subjects);
    if (change.rule !== "callback-expression-changed") return this.messages.of(change);
    const received = this.subjects.operation("base", change.operation)?.received;
    return received?.kind === "callback"
      ? callbackWitness(change, received.owner, new Subjects(this.callers))
      : undefined;
  }

  /** Where no rule has found what would break: values of the one side that the other refuses nevertheless. */
  unexplained(changes: readonly Change[]): (Change & { readonly witness: Witness })[] {
    return this.rest.changes(changes);
  }
}
