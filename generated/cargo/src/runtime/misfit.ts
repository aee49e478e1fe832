/** Why a part of a request is no value of what the document describes; `path` leads from the part to what is wrong. */
export class Misfit extends Error {
  readonly path: readonly string[];

  constructor(message: string, path: readonly string[] = []) {
    super(message);
    this.path = path;
  }
}

/** What is wrong, whoever found it: the parser of JSON, that of percent signs, or a reader of ours. */
export function misfitOf(error: unknown): Misfit {
  if (error instanceof Misfit) return error;
  return new Misfit(`must be ${error instanceof SyntaxError ? "JSON" : "percent-encoded"}`);
}

/** What is read of a member; what is wrong with it is so at its name. */
export function readAt<T>(name: string, read: () => T): T {
  try {
    return read();
  } catch (error) {
    const { message, path } = misfitOf(error);
    throw new Misfit(message, [name, ...path]);
  }
}

/** The values that a text has by each of the shapes; where it has none by any, what the first holds against it is thrown. */
export function readEach<S>(shapes: readonly S[], read: (shape: S) => readonly unknown[]): unknown[] {
  const errors: unknown[] = [];
  const values = shapes.flatMap((shape) => {
    try {
      return read(shape);
    } catch (error) {
      errors.push(error);
      return [];
    }
  });
  if (values.length === 0 && errors.length > 0) throw misfitOf(errors[0]);
  return values;
}

/** The one of the texts, if any: of two, nobody knows which is meant. */
export function onlyOne<T>([first, ...others]: readonly T[]): T | undefined {
  if (others.length > 0) throw new Misfit("is there twice");
  return first;
}
