import { isList, widthOf, type Doc, type Node } from "./doc.js";

type Mode = "flat" | "break";
type Command = { readonly indent: number; readonly mode: Mode; readonly doc: Doc };

/** A document as text, its lines at most `width` columns wide where it has places to break. */
export function printDoc(doc: Doc, width: number): string {
  return new DocPrinter(doc, width).print();
}

/** The algorithm of Prettier's `printDocToString`, which widths that are known beforehand keep linear. */
class DocPrinter {
  private readonly commands: Command[];
  private readonly modes = new Map<object, Mode>();
  private readonly out: string[] = [];
  private readonly width: number;
  private column = 0;
  /** A group inside a flat one stays flat unmeasured, unless a forced break came before it. */
  private mustMeasure = false;

  constructor(doc: Doc, width: number) {
    this.commands = [{ indent: 0, mode: "break", doc }];
    this.width = width;
  }

  print(): string {
    for (let next = this.commands.pop(); next; next = this.commands.pop()) this.step(next);
    return this.out.join("");
  }

  private step({ indent, mode, doc }: Command): void {
    if (typeof doc === "string") {
      this.write(doc);
    } else if (isList(doc)) {
      for (let index = doc.length - 1; index >= 0; index--)
        this.commands.push({ indent, mode, doc: doc[index]! });
    } else {
      this.node(doc, indent, mode);
    }
  }

  private write(text: string): void {
    if (text === "") return;
    this.out.push(text);
    this.column += widthOf(text);
  }

  private node(doc: Node, indent: number, mode: Mode): void {
    switch (doc.kind) {
      case "line":
        return this.line(doc.type, indent, mode);
      case "indent":
        this.commands.push({ indent: indent + doc.by, mode, doc: doc.contents });
        return;
      case "group":
        return this.group(doc, indent, mode);
      case "ifBreak": {
        const isBroken = (doc.id ? this.modes.get(doc.id) : mode) === "break";
        this.commands.push({ indent, mode, doc: isBroken ? doc.broken : doc.flat });
        return;
      }
      case "indentIfBreak": {
        const by = this.modes.get(doc.id) === "break" ? 2 : 0;
        this.commands.push({ indent: indent + by, mode, doc: doc.contents });
        return;
      }
      case "fill":
        return this.fill(doc, indent, mode);
    }
  }

  private line(type: (Node & { kind: "line" })["type"], indent: number, mode: Mode): void {
    const isForced = type === "hard" || type === "literal";
    if (mode === "flat" && !isForced) return this.write(type === "space" ? " " : "");
    if (mode === "flat") this.mustMeasure = true;
    this.trim();
    const spaces = type === "literal" ? "" : " ".repeat(indent);
    this.out.push("\n", spaces);
    this.column = spaces.length;
  }

  /** No line ends in spaces. */
  private trim(): void {
    while (this.out.length > 0) {
      const last = this.out.at(-1)!;
      const kept = last.endsWith(" ") || last.endsWith("\t") ? last.replace(/[ \t]+$/, "") : last;
      if (kept !== "") {
        this.out[this.out.length - 1] = kept;
        return;
      }
      this.out.pop();
    }
  }

  private group(doc: Node & { kind: "group" }, indent: number, mode: Mode): void {
    const command = this.chosen(doc, indent, mode);
    if (doc.id) this.modes.set(doc.id, command.mode);
    if (command.mode === "flat" && widthOf(command.doc) < Infinity) this.flat(command.doc);
    else this.commands.push(command);
  }

  /** Writes what stands on one line: nothing is left to choose in it. */
  private flat(doc: Doc): void {
    if (typeof doc === "string") return this.write(doc);
    if (isList(doc)) {
      for (const part of doc) this.flat(part);
      return;
    }
    switch (doc.kind) {
      case "line":
        return this.write(doc.type === "space" ? " " : "");
      case "ifBreak":
        return this.flat(doc.flat);
      case "fill":
        return this.flat(doc.parts);
      case "group":
        if (doc.id) this.modes.set(doc.id, "flat");
        return this.flat(doc.contents);
      default:
        return this.flat(doc.contents);
    }
  }

  private chosen(doc: Node & { kind: "group" }, indent: number, mode: Mode): Command {
    if (mode === "flat" && !this.mustMeasure)
      return { indent, mode: doc.isBroken ? "break" : "flat", doc: doc.contents };
    this.mustMeasure = false;
    const flat: Command = { indent, mode: "flat", doc: doc.contents };
    if (!doc.isBroken && this.fits(flat, this.commands)) return flat;
    if (!doc.states) return { indent, mode: "break", doc: doc.contents };
    for (const state of doc.states.slice(1, -1)) {
      const command: Command = { indent, mode: "flat", doc: state };
      if (this.fits(command, this.commands)) return command;
    }
    return { indent, mode: "break", doc: doc.states.at(-1)! };
  }

  /** Puts what fits on a line: the first part, then as much as goes beside it. */
  private fill({ parts, from }: Node & { kind: "fill" }, indent: number, mode: Mode): void {
    const [content, separator, second] = parts.slice(from, from + 3);
    if (content === undefined) return;
    const as = (doc: Doc, isFlat: boolean): Command => ({ indent, mode: isFlat ? "flat" : "break", doc });
    const contentFits = this.fits(as(content, true), [], true);
    if (separator === undefined) {
      this.commands.push(as(content, contentFits));
      return;
    }
    const bothFit =
      second === undefined ? contentFits : this.fits(as([content, separator, second], true), [], true);
    if (second !== undefined)
      this.commands.push({ indent, mode, doc: { kind: "fill", parts, from: from + 2 } });
    this.commands.push(as(separator, bothFit), as(content, contentFits));
  }

  /** True where the command, and what follows it up to the next possible line break, goes on the rest of the line. */
  private fits(next: Command, rest: readonly Command[], mustBeFlat = false): boolean {
    let room = this.width - this.column;
    let following = rest.length;
    const stack: { mode: Mode; doc: Doc }[] = [next];
    while (room >= 0) {
      const top = stack.pop();
      if (!top) {
        if (following === 0) return true;
        stack.push(rest[--following]!);
        continue;
      }
      const { mode, doc } = top;
      const width = typeof doc === "string" || (mode === "flat" && !isList(doc)) ? widthOf(doc) : Infinity;
      if (width < Infinity) {
        room -= width;
      } else if (isList(doc)) {
        for (let index = doc.length - 1; index >= 0; index--) stack.push({ mode, doc: doc[index]! });
      } else if (typeof doc !== "string") {
        const inner = this.inside(doc, mode, mustBeFlat);
        if (typeof inner === "boolean") return inner;
        stack.push(inner);
      }
    }
    return false;
  }

  /** What there is to measure inside a node; true at a line break, false where there may be none. */
  private inside(doc: Node, mode: Mode, mustBeFlat: boolean): { mode: Mode; doc: Doc } | boolean {
    switch (doc.kind) {
      case "line":
        if (mode === "break" || doc.type === "hard" || doc.type === "literal") return true;
        return { mode, doc: doc.type === "space" ? " " : "" };
      case "group": {
        if (mustBeFlat && doc.isBroken) return false;
        const own = doc.isBroken ? "break" : mode;
        return { mode: own, doc: own === "break" && doc.states ? doc.states.at(-1)! : doc.contents };
      }
      case "ifBreak": {
        const own = doc.id ? this.modes.get(doc.id) : mode;
        return { mode, doc: own === "break" ? doc.broken : doc.flat };
      }
      case "fill":
        return { mode, doc: doc.parts.slice(doc.from) };
      default:
        return { mode, doc: doc.contents };
    }
  }
}
