import { describe, expect, it } from "vitest";
import type { ParameterRule } from "../../generator/runtime/operation.js";
import { argumentOf, serializeParameter } from "../../generator/runtime/serialize.js";
import { startServer } from "../support/server.js";
import { call } from "./rules.js";

type Place = ParameterRule["in"];
type Style = ParameterRule["style"];

function rule(place: Place, style: Style, explode = false): ParameterRule {
  return { name: "color", argument: "color", in: place, style, explode };
}

const reserved = { ...rule("query", "form"), allowReserved: true };

const STRING = "blue";
const ARRAY = ["blue", "black", "brown"];
const OBJECT = { R: 100, G: 200, B: 150 };
const NOT_DEFINED = Symbol("n/a");

/**
 * The table "Style Examples" of OpenAPI 3.1.2 and 3.2.0. Their column `undefined` is an argument of null; 3.1.0 had the empty string
 * there, with the same texts. Pairs of a cookie are joined as its header joins them (3.1.2, appendix D).
 */
const STYLE_EXAMPLES: readonly (readonly [Place, Style, boolean, ...(string | symbol)[]])[] = [
  ["path", "matrix", false, ";color", ";color=blue", ";color=blue,black,brown", ";color=R,100,G,200,B,150"],
  [
    "path",
    "matrix",
    true,
    ";color",
    ";color=blue",
    ";color=blue;color=black;color=brown",
    ";R=100;G=200;B=150",
  ],
  ["path", "label", false, ".", ".blue", ".blue,black,brown", ".R,100,G,200,B,150"],
  ["path", "label", true, ".", ".blue", ".blue.black.brown", ".R=100.G=200.B=150"],
  ["path", "simple", false, "", "blue", "blue,black,brown", "R,100,G,200,B,150"],
  ["path", "simple", true, "", "blue", "blue,black,brown", "R=100,G=200,B=150"],
  ["header", "simple", false, "", "blue", "blue,black,brown", "R,100,G,200,B,150"],
  ["header", "simple", true, "", "blue", "blue,black,brown", "R=100,G=200,B=150"],
  ["query", "form", false, "color=", "color=blue", "color=blue,black,brown", "color=R,100,G,200,B,150"],
  ["query", "form", true, "color=", "color=blue", "color=blue&color=black&color=brown", "R=100&G=200&B=150"],
  ["cookie", "form", false, "color=", "color=blue", "color=blue,black,brown", "color=R,100,G,200,B,150"],
  [
    "cookie",
    "form",
    true,
    "color=",
    "color=blue",
    "color=blue; color=black; color=brown",
    "R=100; G=200; B=150",
  ],
  // New in 3.2.0.
  ["cookie", "cookie", false, "color=", "color=blue", "color=blue,black,brown", "color=R,100,G,200,B,150"],
  [
    "cookie",
    "cookie",
    true,
    "color=",
    "color=blue",
    "color=blue; color=black; color=brown",
    "R=100; G=200; B=150",
  ],
  [
    "query",
    "spaceDelimited",
    false,
    NOT_DEFINED,
    NOT_DEFINED,
    "color=blue%20black%20brown",
    "color=R%20100%20G%20200%20B%20150",
  ],
  [
    "query",
    "pipeDelimited",
    false,
    NOT_DEFINED,
    NOT_DEFINED,
    "color=blue%7Cblack%7Cbrown",
    "color=R%7C100%7CG%7C200%7CB%7C150",
  ],
  [
    "query",
    "deepObject",
    true,
    NOT_DEFINED,
    NOT_DEFINED,
    NOT_DEFINED,
    "color%5BR%5D=100&color%5BG%5D=200&color%5BB%5D=150",
  ],
];

const CELLS = STYLE_EXAMPLES.flatMap(([place, style, explode, ...cells]) =>
  [null, STRING, ARRAY, OBJECT].flatMap((value, index) =>
    cells[index] === NOT_DEFINED ? [] : [{ place, style, explode, value, text: cells[index] }],
  ),
);

describe("Style Examples", () => {
  it.each(CELLS)(
    "$place $style, explode $explode: $value → $text",
    ({ place, style, explode, value, text }) => {
      expect(serializeParameter(rule(place, style, explode), value)).toBe(text);
      if (value === null) expect(serializeParameter(rule(place, style, explode), "")).toBe(text);
    },
  );
});

/** What a server receives of the parameter. Styles of a path are looked at below `/`, which they follow. */
async function received(parameter: ParameterRule, value: unknown): Promise<string | undefined> {
  const server = await startServer({ status: 204 });
  const path = parameter.in === "path" ? "/{color}" : "/";
  const operation = { path, parameters: [parameter], responses: { "204": [] } };
  await call({ baseUrl: server.url, rule: operation, args: { color: value } });
  const [request] = server.requests;
  const target = request?.line.split(" ")[1]?.slice(1);
  if (parameter.in === "header") return request?.headers["color"] as string | undefined;
  if (parameter.in === "cookie") return request?.headers.cookie;
  return parameter.in === "query" ? target?.slice(1) : target;
}

/** A segment of nothing or of a dot would leave the path: {@link serializePath} refuses it. */
const SENT = CELLS.filter(({ place, text }) => !(place === "path" && (text === "" || text === ".")));

describe("Style Examples, as a server receives them", () => {
  it("are the 45 cells of 3.2.0, simple and form in both of their places, but what no path can hold", () => {
    const cells = new Set(CELLS.map(({ style, explode, value }) => JSON.stringify([style, explode, value])));
    expect([cells.size, CELLS.length, SENT.length]).toEqual([45, 61, 57]);
  });

  it.each(SENT)(
    "$place $style, explode $explode: $value → $text",
    async ({ place, style, explode, value, text }) => {
      expect(await received(rule(place, style, explode), value)).toBe(text);
    },
  );
});

describe("cookies of the style cookie", () => {
  it("pass names and values on unchanged", async () => {
    const cookie = rule("cookie", "cookie", true);
    expect(await received(cookie, { greeting: "Hello%2C%20world!", code: 42 })).toBe(
      "greeting=Hello%2C%20world!; code=42",
    );
    expect(await received(rule("cookie", "form", true), "Hello, world!")).toBe("color=Hello%2C%20world%21");
    expect(await received({ ...cookie, allowReserved: true }, "a b")).toBe("color=a b");
    expect(await received(cookie, [])).toBeUndefined();
  });
});

describe("parameters with content, as a server receives them", () => {
  const METADATA = { foo: "a + b", bar: true };

  it.each<[ParameterRule, unknown, string | undefined]>([
    // OpenAPI 3.2.0, Parameter Object Examples.
    [rule("querystring", "urlencoded"), METADATA, "foo=a+%2B+b&bar=true"],
    [
      rule("querystring", "json"),
      { numbers: [1, 2], flag: null },
      "%7B%22numbers%22%3A%5B1%2C2%5D%2C%22flag%22%3Anull%7D",
    ],
    [rule("querystring", "text"), "$.a.b[1:1]", "%24.a.b%5B1%3A1%5D"],
    [rule("query", "urlencoded"), METADATA, "color=foo%3Da%2B%252B%2Bb%26bar%3Dtrue"],
    [rule("query", "text"), "a b&c", "color=a%20b%26c"],
    [rule("path", "text"), "a/b", "a%2Fb"],
    [rule("header", "text"), "a, b", "a, b"],
    [rule("header", "urlencoded"), METADATA, "foo=a+%2B+b&bar=true"],
    [rule("cookie", "text"), "Hello%20world!", "color=Hello%20world!"],
    [rule("cookie", "json"), { a: 1 }, "color=%7B%22a%22%3A1%7D"],
    [{ ...rule("query", "json"), allowEmptyValue: true }, "", "color="],
    [rule("query", "json"), "", "color=%22%22"],
    [rule("querystring", "urlencoded"), undefined, ""],
  ])("%o: %j → %s", async (each, value, text) => {
    const place = each.in === "querystring" ? 1 : 0;
    expect((await received(each, value))?.slice(place)).toBe(text);
  });

  it("a form has the styles of its properties", async () => {
    const encoding = { list: { style: "pipeDelimited" }, filter: { style: "deepObject" } } as const;
    const value = { list: ["a", "b"], filter: { x: 1 }, plain: [1, 2], json: { a: "b c" } };
    expect(await received({ ...rule("querystring", "urlencoded"), encoding }, value)).toBe(
      "?list=a%7Cb&filter%5Bx%5D=1&plain=1&plain=2&json=%7B%22a%22%3A%22b+c%22%7D",
    );
  });

  it("a key of the query follows a query string", async () => {
    const server = await startServer({ status: 204 });
    const operation = {
      parameters: [rule("querystring", "urlencoded")],
      responses: { "204": [] },
      security: [["key"]],
    };
    const schemes = { key: { kind: "apiKey", in: "query", name: "k" } } as const;
    const args = { color: { a: 1 } };
    await call({ baseUrl: server.url, rule: operation, schemes, args, auth: { key: "s" } });
    expect(server.requests[0]?.line).toBe("GET /things?a=1&k=s HTTP/1.1");
  });
});

describe("empty and missing values", () => {
  it.each<[ParameterRule, unknown, string | undefined]>([
    [rule("path", "matrix"), [], ";color"],
    [rule("path", "matrix", true), {}, ";color"],
    // RFC 6570, section 3.2.7: `{;x,y,empty}` is `;x=1024;y=768;empty`.
    [rule("path", "matrix", true), { x: 1024, y: 768, empty: "" }, ";x=1024;y=768;empty"],
    [rule("path", "matrix", true), ["", "a"], ";color;color=a"],
    [rule("path", "label"), [], "."],
    [rule("path", "simple"), ["", "a", ""], ",a,"],
    [rule("header", "simple"), [], ""],
    [rule("query", "form"), [], "color="],
    // OpenAPI 3.1.2, appendix C: `{?formulas*,words}` without formulas is `?words=hello,world`.
    [rule("query", "form", true), [], undefined],
    [rule("query", "form", true), {}, undefined],
    [rule("query", "form", true), ["", "a"], "color=&color=a"],
    [rule("query", "spaceDelimited"), [], undefined],
    [rule("query", "pipeDelimited"), {}, undefined],
    [rule("query", "deepObject", true), {}, undefined],
  ])("%o: %j → %s", (each, value, text) => {
    expect(serializeParameter(each, value)).toBe(text);
  });

  it("sends nothing where nothing is given", () => {
    expect(serializeParameter(rule("query", "form"), undefined)).toBeUndefined();
    expect(serializeParameter(rule("query", "json"), undefined)).toBeUndefined();
  });

  it("leaves items and members out that are null or undefined (RFC 6570, section 2.3)", () => {
    expect(serializeParameter(rule("query", "form", true), ["a", undefined, null])).toBe("color=a");
    expect(serializeParameter(rule("path", "simple"), { R: 100, G: undefined, B: null })).toBe("R,100");
  });

  it("knows false and 0 from nothing", () => {
    expect(serializeParameter(rule("query", "form"), false)).toBe("color=false");
    expect(serializeParameter(rule("query", "form"), [0, false])).toBe("color=0,false");
  });

  it("takes no inherited property for an argument", () => {
    const inherited = { ...rule("query", "form"), argument: "constructor" };
    expect(argumentOf(inherited, {})).toBeUndefined();
    expect(argumentOf(inherited, { constructor: "own" })).toBe("own");
  });
});

describe("encoding", () => {
  const UNRESERVED = "ABCxyz019-._~";
  const RESERVED = ":/?#[]@!$&'()*+,;=";
  const ENCODED = "%3A%2F%3F%23%5B%5D%40%21%24%26%27%28%29%2A%2B%2C%3B%3D";

  it.each(["path", "query", "cookie"] as const)(
    "leaves only the unreserved of RFC 3986 as they are: %s",
    (place) => {
      expect(serializeParameter(rule(place, "simple"), UNRESERVED + RESERVED)).toContain(
        UNRESERVED + ENCODED,
      );
      expect(serializeParameter(rule(place, "simple"), ' "%<>\\^`{|}')).toContain(
        "%20%22%25%3C%3E%5C%5E%60%7B%7C%7D",
      );
    },
  );

  it("writes UTF-8", () => {
    expect(serializeParameter(rule("path", "simple"), "diṅnāga 🙂")).toBe(
      "di%E1%B9%85n%C4%81ga%20%F0%9F%99%82",
    );
    expect(serializeParameter({ ...rule("query", "form"), name: "❤️" }, "love!")).toBe(
      "%E2%9D%A4%EF%B8%8F=love%21",
    );
  });

  it("leaves headers as they are", () => {
    expect(serializeParameter(rule("header", "simple"), ['"a b"', "W/é%"])).toBe('"a b",W/é%');
  });

  it("keeps delimiters inside items apart from those between them", () => {
    expect(serializeParameter(rule("query", "form"), ["a,b", "c&d"])).toBe("color=a%2Cb,c%26d");
    expect(serializeParameter(rule("query", "form", true), { "a&b": "c=d" })).toBe("a%26b=c%3Dd");
  });

  it("encodes names", () => {
    expect(serializeParameter({ ...rule("query", "form"), name: "filter[a&b]" }, 1)).toBe(
      "filter%5Ba%26b%5D=1",
    );
    expect(serializeParameter({ ...rule("path", "matrix"), name: "a b" }, 1)).toBe(";a%20b=1");
  });

  it("writes a parameter with content as JSON", () => {
    const coordinates = { lat: 40.6, long: -73.9 };
    const text = "%7B%22lat%22%3A40.6%2C%22long%22%3A-73.9%7D";
    expect(serializeParameter(rule("query", "json"), coordinates)).toBe(`color=${text}`);
    expect(serializeParameter(rule("path", "json"), coordinates)).toBe(text);
    expect(serializeParameter(rule("header", "json"), coordinates)).toBe('{"lat":40.6,"long":-73.9}');
    expect(serializeParameter(rule("query", "json"), null)).toBe("color=null");
  });
});

describe("allowReserved", () => {
  // RFC 6570, section 3.2.3.
  it.each([
    ["value", "value"],
    ["Hello World!", "Hello%20World!"],
    ["50%", "50%25"],
    ["http://example.com/home/", "http://example.com/home/"],
    ["/foo/bar", "/foo/bar"],
    ["a%2Fb%zz", "a%2Fb%25zz"],
  ])("%s → %s", (value, text) => {
    expect(serializeParameter(reserved, value)).toBe(`color=${text}`);
  });

  it("still encodes what has no place where the value stands", () => {
    expect(serializeParameter(reserved, "a#b[0]")).toBe("color=a%23b%5B0%5D");
    expect(serializeParameter({ ...reserved, in: "path", style: "simple" }, "../a?b:c")).toBe("..%2Fa%3Fb:c");
    expect(serializeParameter({ ...reserved, in: "cookie" }, "a;b,c=d")).toBe("color=a%3Bb%2Cc=d");
  });
});

describe("values without a text", () => {
  it.each<[Style, unknown]>([
    ["form", [["a"]]],
    ["form", { a: { b: 1 } }],
    ["deepObject", { a: ["b"] }],
    ["simple", [{ a: 1 }]],
  ])("%s has no place for %j", (style, value) => {
    const error = new TypeError(`color: style ${style} has no place for nested values`);
    expect(() => serializeParameter(rule("query", style), value)).toThrow(error);
  });

  it("refuses half a surrogate pair", () => {
    expect(() => serializeParameter(rule("path", "simple"), "\ud83d")).toThrow(
      new TypeError("color: half a surrogate pair is no text"),
    );
    expect(() => serializeParameter(reserved, "\ude42")).toThrow(TypeError);
  });
});
