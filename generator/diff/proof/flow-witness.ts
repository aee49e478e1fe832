import type { SecurityScheme } from "../../model/model.js";
import { isObject, jsonEquals, own, type JsonObject, type JsonValue } from "../../source/json.js";
import { isWithin } from "../../source/pointer.js";
import type { Change } from "../change.js";
import type { ShownRequest } from "./shown-message.js";
import type { Subjects } from "./subjects.js";
import type { Witness } from "./witness.js";

/** The request for a token by a flow that is gone, where no other flow of the scheme answers it. */
export function flowWitness({ base: place, before }: Change, { models }: Subjects): Witness | undefined {
  const [base, head] = [models.base, models.head].map(({ securitySchemes }) => securitySchemes);
  const scheme = base!.find(({ origin }) => place && isWithin(place.pointer, origin.pointer));
  const wanted = scheme && grants(scheme).find(([flow]) => flow === before);
  const others = head!.filter(({ name }) => name === scheme?.name).flatMap(grants);
  if (!wanted || others.some(([, request]) => jsonEquals(request, wanted[1]))) return undefined;
  const known = others.map(([flow]) => flow).join(", ");
  const reason = `the scheme has no flow that answers it: ${known === "" ? "it has none" : `it has ${known}`}`;
  return { kind: "request", validIn: "base", outcome: "refused", value: wanted[1], reason };
}

type Grant = readonly [flow: string, request: ShownRequest];

/** The first request of each flow of a scheme (OpenAPI 3.2.0, OAuth Flows Object). */
function grants({ definition }: Pick<SecurityScheme, "definition">): Grant[] {
  const flows = own(definition, "flows");
  return Object.entries(isObject(flows) ? flows : {}).flatMap(([name, flow]): Grant[] => {
    const request = isObject(flow) ? requestOf(name, flow) : undefined;
    return request ? [[name, request]] : [];
  });
}

/** RFC 6749, sections 4.1.1, 4.2.1, 4.3.2 and 4.4.2; RFC 8628, section 3.1. */
function requestOf(name: string, flow: JsonObject): ShownRequest | undefined {
  switch (name) {
    case "authorizationCode":
      return asked(own(flow, "authorizationUrl"), "response_type=code&client_id=client");
    case "implicit":
      return asked(own(flow, "authorizationUrl"), "response_type=token&client_id=client");
    case "password":
      return posted(own(flow, "tokenUrl"), "grant_type=password&username=user&password=password");
    case "clientCredentials":
      return posted(own(flow, "tokenUrl"), "grant_type=client_credentials");
    case "deviceAuthorization":
      return posted(own(flow, "deviceAuthorizationUrl"), "client_id=client");
    default:
      return undefined;
  }
}

function asked(url: JsonValue | undefined, query: string): ShownRequest | undefined {
  return typeof url === "string" ? { method: "GET", path: url, query } : undefined;
}

function posted(url: JsonValue | undefined, body: string): ShownRequest | undefined {
  return typeof url === "string"
    ? { method: "POST", path: url, contentType: "application/x-www-form-urlencoded", body }
    : undefined;
}
