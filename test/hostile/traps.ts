/** A module that is loaded before all others, and says so when somebody opens a socket, starts a process, or writes outside a folder. */
export const TRAPS = `
import childProcess from "node:child_process";
import dgram from "node:dgram";
import dns from "node:dns";
import fs from "node:fs";
import net from "node:net";
import { syncBuiltinESMExports } from "node:module";
import { resolve } from "node:path";
import worker from "node:worker_threads";

const allowed = process.env.TRAP_WRITES;
const say = (what) => {
  fs.writeSync(2, "TRAP " + what + " " + new Error().stack.split("\\n").slice(3, 6).join(" ") + "\\n");
};
const trap = (owner, names, isAllowed = () => false) => {
  for (const name of names) {
    const original = owner[name];
    if (typeof original !== "function") continue;
    owner[name] = function (...args) {
      if (!isAllowed(...args)) say(name + " " + String(args[0]));
      return Reflect.apply(original, this, args);
    };
  }
};
const inside = (path) => resolve(String(path)).startsWith(allowed);
trap(net.Socket.prototype, ["connect"]);
trap(net.Server.prototype, ["listen"]);
trap(dgram, ["createSocket"]);
trap(dns, ["lookup", "resolve"]);
trap(dns.promises, ["lookup", "resolve"]);
trap(childProcess, ["spawn", "spawnSync", "exec", "execSync", "execFile", "execFileSync", "fork"]);
const writing = ["writeFile", "appendFile", "mkdir", "mkdtemp", "rename", "rm", "rmdir", "unlink", "symlink", "link", "chmod", "truncate", "copyFile", "cp", "createWriteStream"];
trap(fs, [...writing, ...writing.map((name) => name + "Sync")], inside);
trap(fs.promises, writing, inside);
trap(fs.promises, ["open"], (path, flags = "r") => flags === "r" || inside(path));
trap(globalThis, ["fetch"]);
syncBuiltinESMExports();
`;

/** Imports every module of every package in a folder, and uses all that it exports. */
export const CALLER = `
import { readdirSync } from "node:fs";
import { join } from "node:path";
import { pathToFileURL } from "node:url";

const folder = process.argv[2];
const found = { pwn: "unset", packages: 0, calls: 0, problems: [] };
const names = readdirSync(folder).filter((name) => name !== "node_modules");
for (const name of names) {
  const load = (module) => import(pathToFileURL(join(folder, name, "src", module + ".js")).href);
  const [client, fixtures, mocks, validators] = await Promise.all(
    ["index", "fixtures", "mocks", "validators"].map(load),
  );
  await load("operations");
  found.packages++;
  const fetch = async (request) => new Response(JSON.stringify({ url: request.url }), { headers: { "Content-Type": "application/json" } });
  const create = Object.entries(client).find(([key]) => key.startsWith("create"))[1];
  const token = "globalThis.__pwn=1";
  const auth = new Proxy({}, { getOwnPropertyDescriptor: () => ({ value: token, configurable: true, enumerable: true }), get: () => token });
  const api = create({ fetch, auth });
  for (const [operation, call] of Object.entries(api)) {
    const { args = {} } = fixtures[operation + "Fixtures"] ?? {};
    for (const each of [args.full, args.minimal, {}]) {
      if (!each) continue;
      found.calls++;
      await call(each).catch((error) => {
        const isOurs = error.name === "RequestError" || error instanceof TypeError;
        if (!isOurs) found.problems.push(name + " " + operation + ": " + error.stack);
      });
    }
  }
  for (const [key, value] of Object.entries(fixtures)) {
    if (typeof value === "function") value();
    const validator = validators[key.replace(/Fixtures$/, "Schema")];
    if (!validator || typeof value !== "object") continue;
    for (const [id, fixture] of Object.entries(value))
      if (!validator.is(fixture)) found.problems.push(name + " " + key + "." + id + " is refused");
  }
  mocks.handlers({ baseUrl: "https://example.com" });
}
if ("__pwn" in globalThis) found.pwn = globalThis.__pwn;
process.stdout.write(JSON.stringify(found));
`;
