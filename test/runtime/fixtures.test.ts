import { describe, expect, expectTypeOf, it } from "vitest";
import * as v from "../../generator/runtime/schema.js";
import { build, make, omit, type Overrides, type Times } from "../../generator/runtime/fixtures.js";

interface Owner {
  readonly name: string;
  readonly email?: string;
}

type Pet =
  | { readonly kind: "cat"; readonly lives: number }
  | { readonly kind: "dog"; readonly owner: Owner | null; readonly tags?: readonly string[] };

interface Shelter {
  readonly name: string;
  readonly pets: readonly Pet[];
  readonly chief: Owner;
  readonly labels: { readonly [label: string]: { readonly color: string; readonly size?: number } };
  readonly pair?: readonly [first: string, second: number];
}

const SHELTER: Shelter = {
  name: "Haven",
  pets: [
    { kind: "cat", lives: 9 },
    { kind: "dog", owner: { name: "Ada" }, tags: ["old"] },
  ],
  chief: { name: "Bo", email: "bo@example.com" },
  labels: { a: { color: "red", size: 1 } },
};

describe("build", () => {
  it.each<[name: string, overrides: Overrides<Shelter> | undefined, changed: object]>([
    ["nothing", undefined, {}],
    ["no property", {}, {}],
    ["a property", { name: "Home" }, { name: "Home" }],
    ["a property below", { chief: { name: "Cy" } }, { chief: { name: "Cy", email: "bo@example.com" } }],
    ["an absence", { chief: { email: undefined } }, { chief: { name: "Bo" } }],
    ["a property that was absent", { pair: ["x", 1] }, { pair: ["x", 1] }],
    [
      "a key of a map",
      { labels: { a: { size: 2 }, b: { color: "blue" } } },
      { labels: { a: { color: "red", size: 2 }, b: { color: "blue" } } },
    ],
    ["a map without a key", { labels: { a: undefined } }, { labels: {} }],
    ["an empty list", { pets: [] }, { pets: [] }],
    ["fewer items", { pets: [{}] }, { pets: [{ kind: "cat", lives: 9 }] }],
    [
      "items at their places",
      { pets: [{ lives: 1 }, { owner: null }] },
      {
        pets: [
          { kind: "cat", lives: 1 },
          { kind: "dog", owner: null, tags: ["old"] },
        ],
      },
    ],
    [
      "more items, filled up from the first",
      { pets: [{}, {}, { lives: 2 }] },
      { pets: [...SHELTER.pets, { kind: "cat", lives: 2 }] },
    ],
  ])("takes over %s", (_name, overrides, changed) => {
    expect(build(SHELTER, overrides)).toEqual({ ...SHELTER, ...changed });
  });

  it.each<[name: string, overrides: Overrides<Shelter>, changed: object]>([
    ["no item", { pets: { times: 0 } }, { pets: [] }],
    ["as many items", { pets: { times: 3 } }, { pets: [...SHELTER.pets, SHELTER.pets[0]] }],
    [
      "items with the same overrides",
      { labels: { a: { color: "blue" } }, pets: { times: 1, item: { lives: 1 } } },
      { labels: { a: { color: "blue", size: 1 } }, pets: [{ kind: "cat", lives: 1 }] },
    ],
    [
      "items with overrides by their index",
      { pets: { times: 2, item: (index) => (index === 0 ? { lives: 7 } : { tags: ["b"] }) } },
      {
        pets: [
          { kind: "cat", lives: 7 },
          { kind: "dog", owner: { name: "Ada" }, tags: ["b"] },
        ],
      },
    ],
  ])("makes a list of %s", (_name, overrides, changed) => {
    expect(build(SHELTER, overrides)).toEqual({ ...SHELTER, ...changed });
  });

  it("fills up from a spare fixture what this one has not", () => {
    interface Plan {
      readonly topup: { readonly count: number; readonly unit: string } | null;
      readonly tags?: readonly string[];
    }
    const spare: Plan = { topup: { count: 1, unit: "a" }, tags: ["b"] };
    const bare: Plan = { topup: null };
    expect(build(bare, { topup: { count: 2 } }, spare)).toEqual({ topup: { count: 2, unit: "a" } });
    expect(build(bare, { tags: { times: 2 } }, spare)).toEqual({ topup: null, tags: ["b", "b"] });
    expect(build(bare, {}, spare)).toEqual(bare);
    expect(spare).toEqual({ topup: { count: 1, unit: "a" }, tags: ["b"] });
  });

  it("takes times for the name of a property, where there is no list", () => {
    const fixture = { retry: { times: 1, wait: 2 } };
    expect(build(fixture, { retry: { times: 5 } })).toEqual({ retry: { times: 5, wait: 2 } });
  });

  it("gives an absent property no key", () => {
    expect(Object.keys(build(SHELTER, { chief: { email: undefined } }).chief)).toEqual(["name"]);
  });

  it.each<[unknown, unknown, unknown]>([
    ["a", "b", "b"],
    ["a", undefined, "a"],
    ["a", null, null],
    [{ a: 1 }, null, null],
    [null, { a: 1 }, { a: 1 }],
    [{ a: 1 }, [1], [1]],
    [[1, 2], { a: 1 }, { a: 1 }],
    [[null], [{ a: 1 }], [{ a: 1 }]],
    [[], [{ a: 1 }], [{ a: 1 }]],
    [[[1, 2]], [[], [3]], [[], [3]]],
    [false, 0, 0],
  ])("%j with %j is %j", (fixture, overrides, built) => {
    expect(build(fixture, overrides)).toEqual(built);
  });

  it("changes neither the fixture nor the overrides, and shares nothing with them", () => {
    const before = structuredClone(SHELTER);
    const overrides = { labels: { b: { color: "blue" } } };
    const built = build(SHELTER, overrides);
    Object.assign(built.chief, { name: "changed" });
    Object.assign(built.pets[0]!, { lives: 0 });
    Object.assign(built.labels["b"]!, { color: "changed" });
    expect(SHELTER).toEqual(before);
    expect(overrides).toEqual({ labels: { b: { color: "blue" } } });
    expect(build(SHELTER, undefined)).not.toBe(SHELTER);
  });

  it("takes what is no plain object or list as it is", () => {
    const blob = new Blob(["x"]);
    const bytes = new Uint8Array([1]);
    const built = build<{ file: unknown; bytes: unknown }>({ file: blob, bytes: null }, { bytes });
    expect([built.file, built.bytes]).toEqual([blob, bytes]);
    expect(built.file).toBe(blob);
  });

  it("takes __proto__ and constructor for names like any other", () => {
    const fixture: unknown = JSON.parse('{"__proto__": {"a": 1}, "constructor": 1}');
    const built = build<unknown>(fixture, JSON.parse('{"__proto__": {"b": 2}, "toString": 3}'));
    expect(JSON.stringify(built)).toBe('{"__proto__":{"a":1,"b":2},"constructor":1,"toString":3}');
    expect(Object.getPrototypeOf(built)).toBe(Object.prototype);
    expect(build<object>({}, JSON.parse('{"__proto__": {"polluted": true}}'))).not.toHaveProperty("polluted");
    expect({}).not.toHaveProperty("polluted");
  });
});

describe("make", () => {
  type Shape =
    | { readonly kind: "circle"; readonly radius: number; readonly label?: string }
    | { readonly kind: "square"; readonly side: number };
  const circle = { kind: "circle", radius: 1, label: "a" } satisfies Shape;
  const square = { kind: "square", side: 2 } satisfies Shape;
  const bare = { kind: "circle", radius: 7 } satisfies Shape;
  const fixtures: { readonly [name in "full" | "withoutLabel" | "square"]: Shape } = {
    withoutLabel: bare,
    full: circle,
    square,
  };
  const isNumber = v.number();
  const schema = v.schema<Shape>(() =>
    v.discriminated({
      keyword: "oneOf",
      property: "kind",
      branches: [
        [["circle"], v.object({ properties: { radius: isNumber, label: v.optional(v.string()) } })],
        [["square"], v.object({ properties: { side: isNumber } })],
      ],
    }),
  );
  const makeShape = (overrides?: Overrides<Shape>, seed?: number) =>
    make<Shape>({ name: "Shape", fixtures, schema }, overrides, { seed });

  it.each<[name: string, overrides: Overrides<Shape> | undefined, made: object]>([
    ["nothing", undefined, circle],
    ["what full takes", { radius: 3 }, { ...circle, radius: 3 }],
    ["what means another alternative", { kind: "square" }, square],
    ["what no fixture takes", { radius: "x" as never }, { ...circle, radius: "x" }],
  ])("starts from the fixture that takes the overrides: %s", (_, overrides, made) => {
    expect(makeShape(overrides)).toEqual(made);
  });

  it("takes a fixture by its seed, where it takes the overrides", () => {
    for (const seed of [1, 2, 3, 4]) expect(makeShape({ kind: "square" }, seed)).toEqual(square);
    expect(new Set([1, 2, 3, 4, 5, 6].map((seed) => makeShape(undefined, seed).kind)).size).toBe(2);
    const seed = [1, 2, 3, 4, 5, 6].find(
      (each) => !("label" in makeShape(undefined, each)) && makeShape(undefined, each).kind === "circle",
    );
    expect(makeShape({ label: "b" }, seed)).toEqual({ ...bare, label: "b" });
  });

  it("makes no hybrid of two alternatives, where a schema takes any further property", () => {
    const cat = {
      kind: "cat",
      meow: true,
      owner: null,
      home: { street: "s" },
      toys: [{ kind: "ball", size: 1 }],
    };
    const dog = { kind: "dog", bark: "loud", owner: { name: "a" } };
    const mouse = { kind: "cat", meow: true, toys: [{ kind: "mouse", squeaks: true }] };
    type Any = { readonly toys?: readonly unknown[] };
    const pets = { full: cat, dog, mouse } as unknown as { readonly full: Any };
    const makePet = (overrides: object, seed?: number) =>
      make<Any>({ name: "Pet", fixtures: pets, schema: v.schema(() => v.any) }, overrides, { seed });
    expect(makePet({ bark: "low" })).toEqual({ ...dog, bark: "low" });
    expect(makePet({ kind: "dog", bark: "loud" })).toEqual(dog);
    expect(makePet({ owner: { name: "b" } })).toEqual({ ...dog, owner: { name: "b" } });
    expect(makePet({ toys: [{ squeaks: false }] })).toEqual({
      ...mouse,
      toys: [{ kind: "mouse", squeaks: false }],
    });
    expect(makePet({ toys: { times: 2, item: { squeaks: false } } }).toys).toHaveLength(2);
    // What none has a place for goes into the one that is there; each object into the nearest.
    expect(makePet({ other: { a: 1 } })).toEqual({ ...cat, other: { a: 1 } });
    expect(makePet({ toys: [{ size: 2 }, { squeaks: false }] }).toys).toEqual([
      { kind: "ball", size: 2 },
      { kind: "mouse", squeaks: false },
    ]);
    for (const seed of [1, 2, 3, 4]) expect(makePet({ bark: "low" }, seed)).toEqual({ ...dog, bark: "low" });
  });

  it("makes no hybrid of two items, nor of what a fixture leaves out and another alternative", () => {
    const ball = { kind: "ball", size: 1 };
    const mouse = { kind: "mouse", squeaks: true };
    const boxes = {
      full: { name: "full", toys: [ball] },
      none: { name: "none" },
      mouse: { name: "mouse", toys: [mouse] },
    };
    type Box = { readonly name: string; readonly toys?: readonly unknown[] };
    const makeBox = (toys: Overrides<Box>["toys"], seed?: number) =>
      make<Box>({ name: "Box", fixtures: boxes, schema: v.schema(() => v.any) }, { toys }, { seed });
    const quiet = { kind: "mouse", squeaks: false };
    expect(makeBox([quiet])).toEqual({ name: "mouse", toys: [quiet] });
    expect(makeBox({ times: 2, item: () => quiet })).toEqual({ name: "mouse", toys: [quiet, quiet] });
    expect(makeBox([{ size: 2 }])).toEqual({ name: "full", toys: [{ kind: "ball", size: 2 }] });
    const seeded = [1, 2, 3, 4, 5, 6].map((seed) => makeBox([quiet], seed));
    expect(seeded).toContainEqual({ name: "none", toys: [quiet] });
    for (const { toys } of seeded) expect(toys).toEqual([quiet]);
  });

  it("asks for the overrides of an item once", () => {
    const asked: number[] = [];
    const item = (index: number) => ({ id: asked.push(index) });
    type Ids = { readonly ids: readonly { readonly id: number }[] };
    const ids: { readonly full: Ids; readonly other: Ids } = {
      full: { ids: [{ id: 0 }] },
      other: { ids: [{ id: 0 }] },
    };
    const overrides = { ids: { times: 2, item } };
    const made = make<Ids>({ name: "Ids", fixtures: ids, schema: v.schema(() => v.never) }, overrides);
    expect(made).toEqual({ ids: [{ id: 1 }, { id: 2 }] });
    expect(asked).toEqual([0, 1]);
  });

  it("takes no member of Object for a property", () => {
    type Any = { readonly constructor?: unknown; readonly name?: string };
    const any: { readonly full: Any; readonly other: Any } = {
      full: { constructor: "a" },
      other: { name: "b" },
    };
    const made = make<Any>({ name: "Any", fixtures: any, schema: v.schema(() => v.any) }, { name: "c" });
    expect(made).toEqual({ name: "c" });
  });

  it("asks no schema where nothing is given", () => {
    const asked = { ...schema, is: () => expect.unreachable() };
    expect(make<Shape>({ name: "Shape", fixtures, schema: asked }, undefined)).toEqual(circle);
  });
});

describe("make, where no one fixture takes the overrides", () => {
  type Animal =
    { readonly kind: "cat"; readonly lives: number } | { readonly kind: "dog"; readonly bark: string };
  interface Zoo {
    readonly name: string;
    readonly best: Animal;
    readonly animals: readonly Animal[];
    readonly keepers: { readonly [shift: string]: { readonly id: number; readonly name: string } };
    readonly parent?: Zoo;
    readonly parts?: readonly Zoo[];
  }
  const cat = { kind: "cat", lives: 9 } satisfies Animal;
  const dog = { kind: "dog", bark: "woof" } satisfies Animal;
  const small = { name: "Small", best: cat, animals: [], keepers: {} } satisfies Zoo;
  const full: Zoo = {
    name: "Full",
    best: cat,
    animals: [cat],
    keepers: { key: { id: 1, name: "Ada" } },
    parent: small,
    parts: [small],
  };
  const animalCheck = v.discriminated({
    keyword: "oneOf",
    property: "kind",
    branches: [
      [["cat"], v.object({ properties: { lives: v.number() } })],
      [["dog"], v.object({ properties: { bark: v.string() } })],
    ],
  });
  const schema: v.Schema<Zoo> = v.schema<Zoo>(() =>
    v.object({
      properties: {
        name: v.string(),
        best: animalCheck,
        animals: v.array({ items: animalCheck }),
        keepers: v.object({
          additionalProperties: v.object({ properties: { id: v.number(), name: v.string() } }),
        }),
        parent: v.optional(v.ref(() => schema)),
        parts: v.optional(v.array({ items: v.ref(() => schema) })),
      },
    }),
  );
  const fixtures: { readonly [name in "full" | "animalsDog" | "bestDog"]: Zoo } = {
    full,
    animalsDog: { ...full, animals: [dog] },
    bestDog: { ...full, best: dog },
  };

  it.each<[name: string, overrides: Overrides<Zoo>, changed: object]>([
    ["alternatives of a list", { animals: [{ kind: "cat" }, { kind: "dog" }] }, { animals: [cat, dog] }],
    [
      "alternatives at two places",
      { best: { kind: "dog" }, animals: [{ kind: "dog" }] },
      { best: dog, animals: [dog] },
    ],
    [
      "a member of a map, from those beside it",
      { keepers: { night: { name: "Bo" } } },
      { keepers: { ...full.keepers, night: { id: 1, name: "Bo" } } },
    ],
    [
      "what is deeper than any fixture",
      { parent: { parent: { parent: { name: "Deep" } } } },
      { parent: { ...small, parent: { ...small, parent: { ...small, name: "Deep" } } } },
    ],
    [
      "an alternative that fixtures have elsewhere",
      { parent: { best: { kind: "dog" } } },
      { parent: { ...small, best: dog } },
    ],
    [
      "items that are deeper than any fixture",
      { parts: [{ parts: [{}] }] },
      { parts: [{ ...small, parts: [small] }] },
    ],
    [
      "so many of them",
      { parts: [{ parts: { times: 2, item: { name: "x" } } }] },
      {
        parts: [
          {
            ...small,
            parts: [
              { ...small, name: "x" },
              { ...small, name: "x" },
            ],
          },
        ],
      },
    ],
    [
      "so many of a list that has none there",
      { parent: { animals: { times: 2 } } },
      { parent: { ...small, animals: [cat, cat] } },
    ],
    [
      "nothing, where that helps no more",
      { animals: [{ kind: "dog" }, { kind: "cow" as never }] },
      {
        animals: [
          { ...cat, kind: "dog" },
          { ...cat, kind: "cow" },
        ],
      },
    ],
  ])("fills up %s", (_, overrides, changed) => {
    const before = structuredClone(fixtures);
    expect(make<Zoo>({ name: "Zoo", fixtures, schema }, overrides)).toEqual({ ...full, ...changed });
    expect(fixtures).toEqual(before);
  });
});

describe("make, where no fixture shows an alternative", () => {
  type Payment =
    | { readonly type: "card"; readonly number: string }
    | { readonly type: "transfer"; readonly iban: string; readonly note?: string };
  interface Order {
    readonly id: number;
    readonly payment: Payment;
    readonly history: readonly Payment[];
    readonly replaces?: Order;
  }
  const card = { type: "card", number: "1" } satisfies Payment;
  const transfer = { type: "transfer", iban: "2" } satisfies Payment;
  const payment = v.oneOf(
    v.object({
      properties: { type: v.literals("const", ["card"]), number: v.string() },
      additionalProperties: v.never,
    }),
    v.object({
      properties: { type: v.literals("const", ["transfer"]), iban: v.string(), note: v.optional(v.string()) },
      additionalProperties: v.never,
    }),
  );
  const schema: v.Schema<Order> = v.schema<Order>(() =>
    v.object({
      properties: {
        id: v.number(),
        payment,
        history: v.array({ items: payment }),
        replaces: v.optional(v.ref(() => schema)),
      },
    }),
  );
  const old: Order = { id: 1, payment: card, history: [card] };
  const full: Order = { ...old, replaces: old };

  it.each<[name: string, overrides: Overrides<Order>, changed: object]>([
    ["a member", { payment: transfer }, { payment: transfer }],
    ["a member without a property", { payment: { ...transfer, note: undefined } }, { payment: transfer }],
    ["an item", { history: [transfer, {}] }, { history: [transfer, card] }],
    [
      "a member of what is filled up",
      { replaces: { id: 7, payment: transfer } },
      { replaces: { ...old, id: 7, payment: transfer } },
    ],
    ["nothing, where that helps no more", { payment: { iban: "2" } }, { payment: { ...card, iban: "2" } }],
  ])("takes %s as it is", (_, overrides, changed) => {
    const made = make<Order>({ name: "Order", fixtures: { full }, schema }, overrides);
    expect(made).toStrictEqual({ ...full, ...changed });
  });
});

describe("omit", () => {
  it("leaves one property out of a copy", () => {
    const owner = { name: "Ada", email: "ada@example.com" };
    expect(omit(owner, "email")).toEqual({ name: "Ada" });
    expect(owner).toHaveProperty("email");
    expectTypeOf(omit(owner, "email")).toEqualTypeOf<{ name: string }>();
  });

  it("does nothing where the property is absent", () => {
    expect(omit<Owner, "email">({ name: "Ada" }, "email")).toEqual({ name: "Ada" });
  });
});

describe("Overrides", () => {
  it("has every property of every object, at any depth", () => {
    expectTypeOf<{ chief: { name: string } }>().toExtend<Overrides<Shelter>>();
    expectTypeOf<{ labels: { any: { size: number } } }>().toExtend<Overrides<Shelter>>();
    expectTypeOf<{ chief: { name: number } }>().not.toExtend<Overrides<Shelter>>();
    expectTypeOf<Overrides<Shelter>["name"]>().toEqualTypeOf<string | undefined>();
    // @ts-expect-error no such property
    build(SHELTER, { chief: { title: "Dr" } });
  });

  it("has undefined only for properties that may be absent", () => {
    expectTypeOf<{ chief: { email: undefined } }>().toExtend<Overrides<Shelter>>();
    expectTypeOf<{ labels: { a: undefined } }>().toExtend<Overrides<Shelter>>();
    expectTypeOf<{ labels: { a: { size: undefined } } }>().toExtend<Overrides<Shelter>>();
    expectTypeOf<{ name: undefined }>().not.toExtend<Overrides<Shelter>>();
    expectTypeOf<{ chief: undefined }>().not.toExtend<Overrides<Shelter>>();
    expectTypeOf<{ chief: { name: undefined } }>().not.toExtend<Overrides<Shelter>>();
    expectTypeOf<{ labels: { a: { color: undefined } } }>().not.toExtend<Overrides<Shelter>>();
  });

  it("keeps the members of a union apart", () => {
    expectTypeOf<{ kind: "cat"; lives: 1 }>().toExtend<Overrides<Pet>>();
    expectTypeOf<{ owner: null }>().toExtend<Overrides<Pet>>();
    expectTypeOf<{ owner: { name: "Cy" } }>().toExtend<Overrides<Pet>>();
    expectTypeOf<{ kind: "cow" }>().not.toExtend<Overrides<Pet>>();
    expectTypeOf<Overrides<string | null>>().toEqualTypeOf<string | null>();
    expectTypeOf<Overrides<"a" | 1 | true>>().toEqualTypeOf<"a" | 1 | true>();
    expectTypeOf<Overrides<"a" | (string & {})>>().toEqualTypeOf<"a" | (string & {})>();
    expectTypeOf<{ a: { length: 1 } }>().not.toExtend<Overrides<{ a: "a" | (string & {}) }>>();
  });

  it("has overrides for the items of a list", () => {
    expectTypeOf<{ pets: [{ lives: 1 }, {}] }>().toExtend<Overrides<Shelter>>();
    expectTypeOf<{ pets: [{ lives: "1" }] }>().not.toExtend<Overrides<Shelter>>();
    expectTypeOf<{ pets: { lives: 1 } }>().not.toExtend<Overrides<Shelter>>();
    expectTypeOf<Overrides<readonly string[]>>().toEqualTypeOf<readonly string[] | Times<string>>();
    expectTypeOf<{ pets: { times: 3 } }>().toExtend<Overrides<Shelter>>();
    expectTypeOf<{ pets: { times: 3; item: { lives: 1 } } }>().toExtend<Overrides<Shelter>>();
    expectTypeOf<{ pets: { times: 3; item: { lives: "1" } } }>().not.toExtend<Overrides<Shelter>>();
    // @ts-expect-error no list
    build(SHELTER, { chief: { times: 3 } });
    expectTypeOf<Overrides<unknown>>().toBeUnknown();
  });
});
