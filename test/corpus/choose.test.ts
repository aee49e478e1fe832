import { expect, it } from "vitest";
import { choose, type Choice } from "./choose.js";

const NAMES = ["dir/a/1", "dir/a/2", "dir/a/3", "dir/b/1", "dir/c.json", "@x/p/y/1", "@x/p/z/1", "@x/p/z/2"];
const EVERYTHING: Choice = {
  isWanted: () => true,
  perFamily: Infinity,
  part: 1,
  parts: 1,
  sample: Infinity,
};

const chosen = (choice: Partial<Choice>) =>
  choose(
    NAMES.map((name) => ({ name, path: name })),
    { ...EVERYTHING, ...choice },
  ).map(({ name }) => name);

it("takes one of each family first, then the second of each", () => {
  const firsts = ["dir/a/1", "dir/b/1", "dir/c.json", "@x/p/y/1", "@x/p/z/1"];
  expect(chosen({})).toEqual([...firsts, "dir/a/2", "@x/p/z/2", "dir/a/3"]);
  expect(chosen({ perFamily: 1 })).toEqual(firsts);
});

it("takes what is wanted alone", () => {
  expect(chosen({ isWanted: ({ name }) => name.endsWith("2") })).toEqual(["dir/a/2", "@x/p/z/2"]);
});

it("spreads a sample evenly", () => {
  expect(chosen({ sample: 4 })).toEqual(["dir/a/1", "dir/c.json", "@x/p/z/1", "@x/p/z/2"]);
  expect(chosen({ sample: 3 })).toHaveLength(3);
  expect(chosen({ sample: 100 })).toHaveLength(NAMES.length);
});

it("parts share nothing, and are everything together", () => {
  const parts = [1, 2, 3].flatMap((part) => chosen({ part, parts: 3 }));
  expect(parts.toSorted()).toEqual(NAMES.toSorted());
});
