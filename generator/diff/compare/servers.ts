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
  return byKey(servers, ({ template }) => template).flatMap((pair) => compareServer(pair, common));
}

function compareServer({ base, head }: Partial<Pair<Server>>, common: Common): Change[] {
  if (!base || !head)
    return [
      base
        ? change({
            ...common,
            rule: "api-server-removed",
            effect: "unknown",
            base: base.origin,
            before: base.template,
          })
        : change({
            ...common,
            rule: "api-server-added",
            effect: "widens",
            head: head!.origin,
            after: head!.template,
          }),
    ];
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
