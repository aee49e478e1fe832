import { problem, type Problem, type Staged } from "../diagnostics/problem.js";
import { isFault, type JsonPath, type Location } from "./json-path.js";
import { isArray, isObject, own, type JsonValue } from "./json.js";
import { kindName, type Overlay, type OverlayAction } from "./overlay-document.js";
import { join } from "./pointer.js";
import { isAbsoluteUri } from "./relative-reference.js";
import type { Origin, SourceDocument, SourceId } from "./source.js";
import { itemsOf, membersOf, ofItems, ofMembers, tracedAt, type Traced } from "./traced.js";

/**
 * A document with overlays applied to it, one after the other (Overlay Specification 1.0.0, 1.1.0, 1.2.0). What an overlay brought
 * is found in the overlay: `locate` answers with its line.
 */
export function applyOverlays(
  document: SourceDocument,
  overlays: readonly Overlay[],
): Staged<SourceDocument> {
  const problems: Problem[] = [];
  let root: Traced = { value: document.value, origin: { source: document.id, pointer: "" } };
  for (const overlay of overlays) {
    const applier = new Applier(overlay, root);
    problems.push(...checkExtends(overlay, document), ...applier.apply());
    root = applier.root;
  }
  const documents = new Map(
    [document, ...overlays.map((overlay) => overlay.document)].map((each) => [each.id, each]),
  );
  return {
    value: { ...document, value: root.value, locate: locateIn(root, document.id, documents) },
    problems,
  };
}

function locateIn(
  root: Traced,
  id: SourceId,
  documents: ReadonlyMap<SourceId, SourceDocument>,
): SourceDocument["locate"] {
  return (pointer, at) => {
    const { origin } = tracedAt(root, pointer);
    const position = documents.get(origin.source)!.locate(origin.pointer, at);
    return origin.source === id ? position : { ...position, origin };
  };
}

/** `extends` names the document that the overlay was made for. Where that has a URI of its own (`$self`), they are compared. */
function checkExtends({ extends: target }: Overlay, document: SourceDocument): Problem[] {
  if (!target) return [];
  const self = isObject(document.value) ? own(document.value, "$self") : undefined;
  const { reference, origin } = target;
  const isOther = isAbsoluteUri(reference)
    ? typeof self === "string" && isAbsoluteUri(self) && self !== reference
    : reference !== document.id;
  const actual = isAbsoluteUri(reference) ? String(self) : document.id;
  return isOther ? [problem("overlay-extends", { reference, actual }, { origin })] : [];
}

/** Selected values as a tree, so that all of them are changed in one pass. */
type Selection = { isSelected: boolean; readonly below: Map<string, Selection> };

class Applier {
  root: Traced;
  private readonly problems: Problem[] = [];
  private readonly overlay: Overlay;

  constructor(overlay: Overlay, root: Traced) {
    this.overlay = overlay;
    this.root = root;
  }

  apply(): readonly Problem[] {
    for (const action of this.overlay.actions) this.root = this.applyAction(action);
    return this.problems;
  }

  private applyAction(action: OverlayAction): Traced {
    const locations = this.select(action.target, action.origin, "target");
    if (locations?.length === 0)
      this.problems.push(problem("overlay-no-match", {}, { origin: action.origin }));
    if (!locations || locations.length === 0 || !this.isFit(locations, action)) return this.root;
    const change = this.changeOf(action);
    const [changed] = change ? edit(this.root, selectionOf(locations), change) : [];
    if (!changed && change) this.problems.push(problem("overlay-root", {}, { origin: action.origin }));
    return changed ?? this.root;
  }

  /** What is done with each selected value; undefined, after a report, where nothing can be. */
  private changeOf({ effect }: OverlayAction): ((target: Traced) => readonly Traced[]) | undefined {
    if (effect.kind === "remove") return () => [];
    const brought = effect.kind === "update" ? effect.update : this.copied(effect);
    return brought && ((target) => [this.put(target, brought)]);
  }

  private select(path: JsonPath, origin: Origin, name: string): readonly Location[] | undefined {
    const found = path.select(this.root.value);
    if (!isFault(found)) return found;
    const parameters = { name, reason: found.reason, character: found.index + 1 };
    this.problems.push(problem("overlay-path", parameters, { origin }));
    return undefined;
  }

  /**
   * 1.0 updates objects and lists alone; 1.1 values of one kind at a time (Action Object). All are removed alike: 1.0.0 speaks of objects
   * and lists there as well, but the sets of overlays that its authors publish as known to be good remove a `summary`.
   */
  private isFit(locations: readonly Location[], { origin, effect }: OverlayAction): boolean {
    if (effect.kind === "remove") return true;
    const kinds = locations.map((location) => kindOf(this.at(location).value));
    const primitive = locations.find((_, index) => kinds[index] === "primitive");
    if (this.overlay.version === "1.0" && primitive)
      this.problems.push(problem("overlay-primitive", { pointer: join("", ...primitive) }, { origin }));
    else if (this.overlay.version !== "1.0" && new Set(kinds).size > 1)
      this.problems.push(problem("overlay-mixed", {}, { origin }));
    else return true;
    return false;
  }

  /** The one value that `copy` selects. A fault in the copy stands where the overlay asks for it. */
  private copied({ from, origin }: OverlayAction["effect"] & { kind: "copy" }): Traced | undefined {
    const locations = this.select(from, origin, "copy");
    if (!locations) return undefined;
    const [only, another] = locations;
    if (only && !another) return { value: this.at(only).value, origin, isWhole: true };
    this.problems.push(problem("overlay-copy", { found: locations.length }, { origin }));
    return undefined;
  }

  private at(location: Location): Traced {
    return tracedAt(this.root, join("", ...location));
  }

  /** An `update` or a copy at one of the selected values. */
  private put(target: Traced, brought: Traced): Traced {
    if (!isArray(target.value)) return this.merge(target, brought);
    // 1.0: the value "MUST be an entry to append"; since 1.1 a list is "to concatenate".
    const added = this.overlay.version !== "1.0" && isArray(brought.value) ? itemsOf(brought) : [brought];
    return ofItems(target, [...itemsOf(target), ...added]);
  }

  /**
   * Objects are merged member by member, lists joined, primitives replaced; everything else is incompatible (1.1.0, Action Object;
   * 1.0.0 says "recursively merged" and "MUST be compatible").
   */
  private merge(target: Traced, brought: Traced): Traced {
    const kind = kindOf(target.value);
    if (kind !== kindOf(brought.value)) return this.refuse(target, brought);
    if (kind === "primitive") return brought;
    if (kind === "list") return ofItems(target, [...itemsOf(target), ...itemsOf(brought)]);
    const members = new Map(membersOf(target));
    for (const [key, value] of membersOf(brought)) {
      const existing = members.get(key);
      members.set(key, existing ? this.merge(existing, value) : value);
    }
    return ofMembers(target, members);
  }

  private refuse(target: Traced, { value, origin }: Traced): Traced {
    const existing = `${kindName(target.value)} at ${target.origin.source}#${target.origin.pointer}`;
    this.problems.push(problem("overlay-incompatible", { found: kindName(value), existing }, { origin }));
    return target;
  }
}

function kindOf(value: JsonValue): "object" | "list" | "primitive" {
  if (isObject(value)) return "object";
  return isArray(value) ? "list" : "primitive";
}

function selectionOf(locations: readonly Location[]): Selection {
  const root: Selection = { isSelected: false, below: new Map() };
  for (const location of locations) {
    let current = root;
    for (const token of location) {
      const next: Selection = current.below.get(String(token)) ?? { isSelected: false, below: new Map() };
      current.below.set(String(token), next);
      current = next;
    }
    current.isSelected = true;
  }
  return root;
}

/** The value with each selected part changed, outer parts before inner ones; none where the change removes it. */
function edit(
  whole: Traced,
  selection: Selection,
  change: (part: Traced) => readonly Traced[],
): readonly Traced[] {
  const [changed] = selection.isSelected ? change(whole) : [whole];
  if (!changed) return [];
  if (selection.below.size === 0) return [changed];
  const editPart = (token: string, part: Traced) => {
    const below = selection.below.get(token);
    return below ? edit(part, below, change) : [part];
  };
  if (isArray(changed.value))
    return [
      ofItems(
        changed,
        itemsOf(changed).flatMap((item, index) => editPart(String(index), item)),
      ),
    ];
  const members = [...membersOf(changed)].flatMap(([key, member]) =>
    editPart(key, member).map((each) => [key, each] as const),
  );
  return [ofMembers(changed, new Map(members))];
}
