import { spawn, type ChildProcess } from "node:child_process";
import { existsSync, mkdtempSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { delimiter, join } from "node:path";
import type { Readable, Writable } from "node:stream";

const NAMES = ["chromium", "chromium-browser", "google-chrome", "google-chrome-stable", "chrome"];

/** A Chromium of this machine: what `CHROMIUM` names, or what is on the path; undefined where there is none. */
export const CHROMIUM: string | undefined =
  process.env["CHROMIUM"] ??
  (process.env["PATH"] ?? "")
    .split(delimiter)
    .flatMap((folder) => NAMES.map((name) => join(folder, name)))
    .find((file) => existsSync(file));

/** Keys that do something by themselves. */
const VIRTUAL_KEYS = new Map([
  ["Tab", 9],
  ["Enter", 13],
  ["Escape", 27],
]);

/** What a page did: the requests that it sent and what it complained of. */
export type PageLog = { readonly requests: string[]; readonly complaints: string[] };

type Message = {
  readonly id?: number;
  readonly method?: string;
  readonly params?: Record<string, unknown>;
  readonly result?: unknown;
  readonly error?: { readonly message: string };
};

/** A page in a headless Chromium, spoken to in the DevTools protocol over a pipe, which needs no further package. */
export class Page {
  readonly log: PageLog = { requests: [], complaints: [] };
  private readonly process: ChildProcess;
  private readonly folder: string;
  private readonly waiting = new Map<number, (message: Message) => void>();
  private readonly listeners = new Map<string, () => void>();
  private next = 1;
  private session: string | undefined;

  private constructor(executable: string) {
    this.folder = mkdtempSync(join(tmpdir(), "clientsmith-browser-"));
    const flags = [
      "--headless",
      "--no-sandbox",
      "--disable-gpu",
      "--disable-dev-shm-usage",
      "--no-first-run",
    ];
    this.process = spawn(
      executable,
      [...flags, "--remote-debugging-pipe", `--user-data-dir=${this.folder}`, "about:blank"],
      { stdio: ["ignore", "ignore", "ignore", "pipe", "pipe"] },
    );
    this.read(this.process.stdio[4] as Readable);
  }

  static async open(executable: string): Promise<Page> {
    const page = new Page(executable);
    const { targetId } = await page.send<{ targetId: string }>("Target.createTarget", { url: "about:blank" });
    const { sessionId } = await page.send<{ sessionId: string }>("Target.attachToTarget", {
      targetId,
      flatten: true,
    });
    page.session = sessionId;
    for (const domain of ["Page", "Runtime", "Network", "Log"]) await page.send(`${domain}.enable`);
    return page;
  }

  async go(url: string): Promise<void> {
    const loaded = new Promise<void>((resolve) => this.listeners.set("Page.loadEventFired", resolve));
    await this.send("Page.navigate", { url });
    await loaded;
  }

  /** The value of an expression in the page. */
  async evaluate<T>(expression: string): Promise<T> {
    const { result, exceptionDetails } = await this.send<{
      result: { value: T };
      exceptionDetails?: { exception?: { description?: string } };
    }>("Runtime.evaluate", { expression, returnByValue: true, awaitPromise: true });
    if (exceptionDetails) throw new Error(exceptionDetails.exception?.description ?? expression);
    return result.value;
  }

  async resize(width: number, height: number): Promise<void> {
    await this.send("Emulation.setDeviceMetricsOverride", {
      width,
      height,
      deviceScaleFactor: 1,
      mobile: false,
    });
  }

  async press(key: string, held: { readonly shift?: true } = {}): Promise<void> {
    const text = key === "Enter" ? "\r" : key.length === 1 ? key : "";
    const windowsVirtualKeyCode = VIRTUAL_KEYS.get(key);
    const modifiers = held.shift ? 8 : 0;
    await this.send("Input.dispatchKeyEvent", {
      type: "keyDown",
      key,
      text,
      modifiers,
      windowsVirtualKeyCode,
    });
    await this.send("Input.dispatchKeyEvent", { type: "keyUp", key, modifiers, windowsVirtualKeyCode });
  }

  async send<T>(method: string, params: object = {}): Promise<T> {
    const id = this.next++;
    const answer = new Promise<Message>((resolve) => this.waiting.set(id, resolve));
    const message = { id, method, params, ...(this.session !== undefined && { sessionId: this.session }) };
    (this.process.stdio[3] as Writable).write(`${JSON.stringify(message)}\0`);
    const { result, error } = await answer;
    if (error) throw new Error(`${method}: ${error.message}`);
    return result as T;
  }

  async close(): Promise<void> {
    const ended = new Promise((resolve) => this.process.once("exit", resolve));
    this.process.kill();
    await ended;
    // Its helpers write a little longer than it lives itself.
    rmSync(this.folder, { recursive: true, force: true, maxRetries: 20, retryDelay: 250 });
  }

  private read(pipe: Readable): void {
    let rest = "";
    pipe.setEncoding("utf8");
    pipe.on("data", (chunk: string) => {
      const messages = (rest + chunk).split("\0");
      rest = messages.pop() ?? "";
      for (const message of messages) this.receive(JSON.parse(message) as Message);
    });
  }

  private receive(message: Message): void {
    if (message.id !== undefined) {
      this.waiting.get(message.id)?.(message);
      this.waiting.delete(message.id);
      return;
    }
    const { method = "", params = {} } = message;
    if (method === "Network.requestWillBeSent")
      this.log.requests.push((params["request"] as { url: string }).url);
    if (method === "Log.entryAdded") this.log.complaints.push((params["entry"] as { text: string }).text);
    if (method === "Runtime.exceptionThrown") this.log.complaints.push(JSON.stringify(params));
    this.listeners.get(method)?.();
  }
}
