import type { JsonValue } from "../source/json.js";
import type { Origin } from "../source/source.js";
import type { Upgraded } from "../source/upgrade.js";
import { repaired } from "../source/validity/repair.js";

/** A change of documents: the value at the place becomes another, or goes. */
export type DocumentEdit = Origin & { readonly value?: JsonValue };

/** The documents with each of the changes. */
export function edited({ documents, references }: Upgraded, edits: readonly DocumentEdit[]): Upgraded {
  if (edits.length === 0) return { documents, references };
  const changed = new Map(
    [...documents].map(([id, document]) => {
      const own = edits.filter(({ source }) => source === id);
      return [id, { ...document, value: repaired(document.value, own) }] as const;
    }),
  );
  return { documents: changed, references: references.withDocuments(changed) };
}
