export type JsonObject = { readonly [name: string]: unknown };

/** True for a JSON object: neither null nor a list. */
export function isObject(value: unknown): value is JsonObject {
  return typeof value === "object" && value !== null && !Array.isArray(value);
}

/** A member that is undefined is not there, as in JSON. */
export function membersOf(value: JsonObject): [name: string, member: unknown][] {
  return Object.entries(value).filter(([, member]) => member !== undefined);
}

/** The member itself, and nothing that is inherited. */
export function own(object: JsonObject, name: string): unknown {
  return Object.hasOwn(object, name) ? object[name] : undefined;
}

/** True where the member is there. */
export function has(value: JsonObject, name: string): boolean {
  return own(value, name) !== undefined;
}

/** Equality of JSON values (JSON Schema Core 2020-12, section 4.2.2). */
export function equals(a: unknown, b: unknown): boolean {
  if (a === b) return true;
  if (Array.isArray(a) && Array.isArray(b)) {
    return a.length === b.length && a.every((item, index) => equals(item, b[index]));
  }
  if (!isObject(a) || !isObject(b)) return false;
  const members = membersOf(a);
  return (
    members.length === membersOf(b).length &&
    members.every(([key, member]) => Object.hasOwn(b, key) && equals(member, b[key]))
  );
}

/** The same text for JSON values that are equal (JSON Schema Core 2020-12, section 4.2.2), and another for any two that are not. */
export function canonical(value: unknown): string {
  if (Array.isArray(value)) return `[${value.map(canonical).join()}]`;
  // As a text, -0 is 0.
  if (!isObject(value)) return typeof value === "string" ? JSON.stringify(value) : String(value);
  let members = "";
  for (const name of Object.keys(value).toSorted()) {
    const member = value[name];
    if (member !== undefined) members += `${JSON.stringify(name)}:${canonical(member)},`;
  }
  return `{${members}}`;
}
