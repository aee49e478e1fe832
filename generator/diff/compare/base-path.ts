import type { ApiModel, Operation, Server } from "../../model/model.js";
import type { Change, Pair } from "../change.js";
import { change, keyOfOperation } from "./comparison.js";

/** A base path that the servers of one document end with, and the paths of the other begin with: `/v1`. */
export type MovedBasePath = {
  readonly basePath: string;
  /** Whose servers end with it. */
  readonly side: keyof Pair<unknown>;
};

/**
 * The base path that has moved between servers and paths, if one has. A request goes to the URL of a server with the path appended to it
 * (OpenAPI 3.1.1, Paths Object), so nobody who sends it sees the move. One has moved where more operations are found again with it than
 * without it.
 */
export function movedBasePath(models: Pair<ApiModel>): MovedBasePath | undefined {
  const [old, now] = [basePathOf(models.base), basePathOf(models.head)];
  if (old === undefined || now === undefined || old === now) return undefined;
  const side = old.startsWith(now) ? "base" : "head";
  const [long, short] = side === "base" ? [old, now] : [now, old];
  const basePath = long.slice(short.length);
  if (!long.startsWith(short) || !/^\/[^{}]+$/.test(basePath)) return undefined;
  const other = models[side === "base" ? "head" : "base"];
  const known = new Set(other.operations.map(keyOfOperation));
  const found = ({ operations }: ApiModel) =>
    operations.filter((each) => known.has(keyOfOperation(each))).length;
  const isMoved = found(withBasePath(models[side], basePath)) > found(models[side]);
  return isMoved ? { basePath, side } : undefined;
}

/** The same API with what its servers end with at the beginning of its paths. Operations with servers of their own have it in those. */
export function withBasePath(model: ApiModel, basePath: string): ApiModel {
  return {
    ...model,
    servers: model.servers.map((server) => withoutEnd(server, basePath)),
    operations: model.operations.map((operation) => below(basePath, operation)),
  };
}

/** The move as a change: of no consequence on the wire. */
export function basePathChange({ basePath, side }: MovedBasePath, models: Pair<ApiModel>): Change {
  const [rule, was] =
    side === "base"
      ? ["api-base-path-moved-into-paths", { before: basePath }]
      : ["api-base-path-moved-into-servers", { after: basePath }];
  return change({
    rule,
    direction: "request",
    effect: "keeps",
    subject: { kind: "api" },
    base: models.base.servers[0]?.origin,
    head: models.head.servers[0]?.origin,
    ...was,
  });
}

/** What the URLs of all servers have after their hosts; undefined where they differ. Without servers there is one, `/`. */
function basePathOf({ servers }: ApiModel): string | undefined {
  const [path = "", ...others] = new Set(
    servers.map(({ template }) => template.replace(/^(?:[^/]*:)?\/\/[^/]*/, "").replace(/\/$/, "")),
  );
  return others.length === 0 ? path : undefined;
}

function withoutEnd(server: Server, basePath: string): Server {
  const cut = (url: string) => url.replace(/\/$/, "").slice(0, -basePath.length) || "/";
  return { ...server, url: cut(server.url), template: cut(server.template) };
}

function below(basePath: string, operation: Operation): Operation {
  const { path, servers, received } = operation;
  if (!received) return servers ? operation : { ...operation, path: `${basePath}${path}` };
  if (received.kind === "webhook") return operation;
  return { ...operation, received: { ...received, owner: received.owner.replace(" ", ` ${basePath}`) } };
}
