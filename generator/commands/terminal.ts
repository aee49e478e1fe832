import { oneLine, type Paint } from "../diagnostics/print.js";
import { displayPath } from "../pipeline/report.js";

/** What a command sees of the world. `main.ts` fills it in; nothing else touches the process. */
export type Terminal = {
  readonly cwd: string;
  /** Writes to standard output: what a program reads. */
  readonly out: (text: string) => void;
  /** Writes to standard error: what a person reads. */
  readonly err: (text: string) => void;
  /** True where standard error is a terminal: then progress is shown. */
  readonly isInteractive: boolean;
  /** Colours for standard error. */
  readonly paint: Paint;
  /** Colours for standard output, which may go elsewhere. */
  readonly paintOut: Paint;
  /** The date in UTC: `2026-11-21`. */
  readonly today: () => string;
  /** Asks the person a question; undefined where nobody is there to answer, and for an answer where the person ends it (Ctrl+C, Ctrl+D). */
  readonly ask?: ((question: string) => Promise<string | undefined>) | undefined;
  /** Settles when the person asks the program to end. */
  readonly interrupted: Promise<void>;
};

const CODES = { red: 31, yellow: 33, green: 32, dim: 2, bold: 1 } as const;

/** Colours by ANSI codes, or none. */
export function painter(isColored: boolean): Paint {
  return (style, text) => (isColored ? `\u001b[${CODES[style]}m${text}\u001b[0m` : text);
}

/** A line on a terminal that the next one replaces; none in a pipe. */
export function progressOf(terminal: Terminal): { show: (text: string) => void; clear: () => void } {
  const clear = () => {
    if (terminal.isInteractive) terminal.err("\r\u001b[2K");
  };
  const show = (text: string) => {
    if (terminal.isInteractive) terminal.err(`\r\u001b[2K${terminal.paint("dim", oneLine(text))}`);
  };
  return { show, clear };
}

/** A path as people read it, whoever has named it. */
export function shownPath(path: string, cwd: string): string {
  return oneLine(displayPath(path, cwd));
}

/** Says that another run writes a package's folder. */
export function waiting({ err, cwd }: Terminal): (folder: string) => void {
  return (folder) => err(`${shownPath(folder, cwd)} is being written by another run: waiting for it\n`);
}
