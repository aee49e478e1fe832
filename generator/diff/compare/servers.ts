import type { Operation, Server, ServerVariable } from "../../model/model.js";
import type { Change, Pair } from "../change.js";
import { byKey, change, type Common, type Context } from "./comparison.js";

/**
 * The addresses of an API, or of an operation that has its own. A document rarely lists every host that answers: one that is listed no
 * longer may answer still, so this is a warning.
 */
export function compareServers({ models, reads }: Context, operations?: Pair<Operation>): Change[] {
  const own = operations && { base: operations.base.servers, head: operations.head.servers };
  if (operations && !own?.base && !own?.head) return [];
  // What the client receives is sent to an address of its own.
  if (operations?.base.received) return [];
  const servers = {
    base: own?.base ?? models.base.servers,
    head: own?.head ?? models.head.servers,
  };
  // Without servers there is one, of the URL `/` (OpenAPI Object, `servers`).
  const isSame = [servers.base, servers.head].every((each) => each.every(({ template }) => template === "/"));
  if (isSame) return [];
  const common: Common = {
    direction: reads.request,
    subject: operations ? { kind: "operation" } : { kind: "api" },
  };
  const known = {
    base: new Set(servers.base.flatMap(addressesOf)),
    head: new Set(servers.head.flatMap(addressesOf)),
  };
  return [
    ...byKey(servers, ({ template }) => withoutEnd(template)).flatMap((pair) =>
      compareServer(pair, known, common),
    ),
    ...compareFirst({ base: servers.base[0], head: servers.head[0] }, known.head, common),
  ];
}

/** What clients call that name no server: the first. One that is gone, or another default of a variable, is told as that. */
function compareFirst(
  { base, head }: Pair<Server | undefined>,
  known: ReadonlySet<string>,
  common: Common,
): Change[] {
  if (!base || !head) return [];
  const [before, after] = [base, head].map(({ url }) => withoutEnd(url));
  const isTold = withoutEnd(base.template) === withoutEnd(head.template) || !known.has(before!);
  if (before === after || isTold) return [];
  const rule = "api-default-server-changed";
  return [
    change({ ...common, rule, effect: "unknown", base: base.origin, head: head.origin, before, after }),
  ];
}

/** A server of more addresses than this is compared by its template. */
const MAX_ADDRESSES = 64;

/** Every address of a server; a variable that may be anything stays in them. */
function addressesOf({ template, variables }: Server): readonly string[] {
  let addresses = [template];
  for (const { name, values = [] } of variables) {
    if (values.length * addresses.length > MAX_ADDRESSES) return [withoutEnd(template)];
    const of = (address: string) => values.map((value) => address.replaceAll(`{${name}}`, () => value));
    if (values.length > 0) addresses = addresses.flatMap(of);
  }
  return addresses.map(withoutEnd);
}

/** What paths are appended to: they begin with a slash of their own. */
function withoutEnd(address: string): string {
  return address.replace(/\/$/, "");
}

/** What a server says of its addresses that no server of the other side says: its template, or where some of them stay, the others. */
function aloneIn(server: Server, others: ReadonlySet<string>): readonly string[] {
  const own = addressesOf(server);
  const alone = own.filter((address) => !others.has(address));
  return alone.length === own.length ? [server.template] : alone;
}

function compareServer(
  { base, head }: Partial<Pair<Server>>,
  known: Pair<ReadonlySet<string>>,
  common: Common,
): Change[] {
  if (!head)
    return aloneIn(base!, known.head).map((before) =>
      change({ ...common, rule: "api-server-removed", effect: "unknown", base: base!.origin, before }),
    );
  if (!base)
    return aloneIn(head, known.base).map((after) =>
      change({ ...common, rule: "api-server-added", effect: "widens", head: head.origin, after }),
    );
  return byKey({ base: base.variables, head: head.variables }, ({ name }) => name).flatMap((pair) =>
    compareVariable(pair, { ...common, base: base.origin, head: head.origin }),
  );
}

function compareVariable({ base, head }: Partial<Pair<ServerVariable>>, common: Common): Change[] {
  const where = {
    ...common,
    base: base?.origin ?? common.base,
    head: head?.origin ?? common.head,
  };
  if (!head)
    return [change({ ...where, rule: "api-server-variable-removed", effect: "unknown", before: base!.name })];
  if (!base)
    return [change({ ...where, rule: "api-server-variable-added", effect: "keeps", after: head.name })];
  const gone = (base.values ?? []).filter((value) => head.values && !head.values.includes(value));
  const come = (head.values ?? []).filter((value) => base.values && !base.values.includes(value));
  const preset = { before: base.default, after: head.default };
  return [
    ...(!base.values && head.values
      ? [change({ ...where, rule: "api-server-variable-limited", effect: "unknown", after: head.values })]
      : []),
    ...(base.values && !head.values
      ? [change({ ...where, rule: "api-server-variable-opened", effect: "widens", before: base.values })]
      : []),
    ...gone.map((before) =>
      change({ ...where, rule: "api-server-variable-value-removed", effect: "unknown", before }),
    ),
    ...come.map((after) =>
      change({ ...where, rule: "api-server-variable-value-added", effect: "widens", after }),
    ),
    ...(base.default === head.default
      ? []
      : [change({ ...where, rule: "api-server-variable-default-changed", effect: "unknown", ...preset })]),
  ];
}
