/** Cuts a text that arrives in pieces. What follows the last separator is kept until more of it comes. */
export class Cutter {
  private readonly separator: RegExp | string;
  private rest: string[] = [];
  pending = 0;

  constructor(separator: RegExp | string) {
    this.separator = separator;
  }

  /** The texts that are complete. Only the new text is searched: the time of a long line does not grow with its square. */
  push(text: string): string[] {
    const [head = "", ...tail] = text.split(this.separator);
    this.rest.push(head);
    this.pending += head.length;
    if (tail.length === 0) return [];
    const last = tail.pop()!;
    return [this.take(last), ...tail];
  }

  /** The text that is left; `next` is what follows it. */
  take(next = ""): string {
    const whole = this.rest.join("");
    this.rest = [next];
    this.pending = next.length;
    return whole;
  }
}
