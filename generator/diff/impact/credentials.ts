import type { SecurityScheme } from "../../model/model.js";
import type { Pair } from "../change.js";
import { renamedSecuritySchemes } from "../compare/security-schemes.js";
import type { PackageSide } from "./changed-parts.js";
import type { TypeScriptImpact } from "./effects.js";

/** The credentials that a client no longer takes, or takes in another form: they are members of one type, by the names of their schemes. */
export function credentialImpacts({ base, head }: Pair<PackageSide>): TypeScriptImpact[] {
  const known = new Map(credentialsOf(head).map((scheme) => [scheme.name, scheme]));
  const renamed = renamedSecuritySchemes({ base: base.model, head: head.model });
  const symbol = base.names.api.auth;
  return credentialsOf(base).flatMap((old): TypeScriptImpact[] => {
    const now = known.get(old.name);
    const [before, after] = [formOf(old), now && formOf(now)];
    if (before === after) return [];
    const name = renamed.get(old.name);
    const message = after
      ? `"${old.name}" was ${before}, and is ${after} now`
      : `"${old.name}" ${name === undefined ? "does not exist in it any more" : `is called "${name}" now`}`;
    const places = { base: [old.origin], head: now ? [now.origin] : [] };
    return [{ symbol, kind: "changed", message, traces: { places, operations: [] } }];
  });
}

function credentialsOf({ model }: PackageSide): SecurityScheme[] {
  return model.securitySchemes.filter(({ kind }) => kind !== "unsupported");
}

function formOf({ kind }: SecurityScheme): string {
  return kind === "basic" ? "a user with a password" : "a text";
}
