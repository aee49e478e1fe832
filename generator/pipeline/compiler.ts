import type { Inquiry, Refusal } from "../diff/impact/inquiry.js";
import { ThreadError, Threads } from "./threads.js";

/** The compiler that a review asks. It is loaded with the first question: in a thread where there is one, which answers while findings are proved. */
export class Compiler {
  private readonly threads = new Threads(1);

  /** Which of the types are not assignable; what the compiler fails at is thrown. */
  async ask(inquiry: Inquiry): Promise<readonly Refusal[]> {
    const lent = this.threads.lend("unassignable", inquiry);
    if (!lent) return askHere(inquiry);
    return lent.result.catch((error: unknown) => {
      if (error instanceof ThreadError) return askHere(inquiry);
      throw error;
    });
  }

  end(): Promise<void> {
    return this.threads.end();
  }
}

async function askHere(inquiry: Inquiry): Promise<readonly Refusal[]> {
  const { unassignable } = await import("../diff/impact/assignability.js");
  return unassignable(inquiry);
}
