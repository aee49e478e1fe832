import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { eventParser } from "../../generator/runtime/events.js";
import { jsonLinesParser } from "../../generator/runtime/json-lines.js";
import { jsonSequenceParser } from "../../generator/runtime/json-sequence.js";
import type { BodyRule } from "../../generator/runtime/operation.js";
import type { ItemParser } from "../../generator/runtime/stream.js";
import { itemText, itemsWriter } from "../../generator/runtime/write-items.js";

const EVENTS: BodyRule = { mediaType: "text/event-stream", as: "events" };
const parseJson = (text: string): unknown => JSON.parse(text);

type MakeParser = (rule: BodyRule) => ItemParser;
const eventReader: MakeParser = (rule) => eventParser(rule, parseJson);
const jsonLinesReader: MakeParser = () => jsonLinesParser(parseJson);
const jsonSequenceReader: MakeParser = () => jsonSequenceParser(parseJson);

/** The items of a text that arrives in these pieces. */
function itemsOf(reader: MakeParser, pieces: readonly string[], rule: BodyRule = EVENTS): unknown[] {
  const parser = reader(rule);
  return [...pieces.flatMap((piece) => [...parser.push(piece)]), ...parser.end()];
}

/** The same text in every way to cut it in two, and letter by letter. */
function cuts(text: string): string[][] {
  const halves = Array.from({ length: text.length }, (_, index) => [text.slice(0, index), text.slice(index)]);
  return [[text], [...text], ...halves];
}

describe("text/event-stream", () => {
  // The examples of HTML, "Interpreting an event stream", and its rules for fields.
  it.each<[text: string, events: unknown[]]>([
    ["data: YHOO\ndata: +2\ndata: 10\n\n", [{ data: "YHOO\n+2\n10" }]],
    [
      ": test stream\n\ndata: first event\nid: 1\n\ndata:second event\nid\n\ndata:  third event",
      [
        { data: "first event", id: "1" },
        { data: "second event", id: "" },
      ],
    ],
    ["data\n\ndata\ndata\n\ndata:", [{ data: "" }, { data: "\n" }]],
    ["data:test\n\ndata: test\n\n", [{ data: "test" }, { data: "test" }]],
    ["event: add\ndata: 1\n\nevent: gone\n\ndata: 2\n\n", [{ event: "add", data: "1" }, { data: "2" }]],
    ["retry: 5\ndata: a\n\nretry: 5s\nretry\ndata: b\n\n", [{ retry: 5, data: "a" }, { data: "b" }]],
    [
      "retry: 5\n\nid: 7\nevent: e\n\ndata: a\n\ndata: b\n\n",
      [{ retry: 5, id: "7", data: "a" }, { data: "b" }],
    ],
    ["id: a\0b\nunknown: c\nDATA: d\ndata: e: f\n\n", [{ data: "e: f" }]],
    ["data: a\r\n\r\ndata: b\r\rdata: c\n\n", [{ data: "a" }, { data: "b" }, { data: "c" }]],
    ["data: a\r\ndata: b\r\n\r\n", [{ data: "a\nb" }]],
  ])("%j", (text, events) => {
    for (const pieces of cuts(text))
      expect(itemsOf(eventReader, pieces), JSON.stringify(pieces)).toEqual(events);
  });

  it("has JSON where the document says so: everywhere, or in the events that it names", () => {
    const text = 'event: json\ndata: {"a":\ndata: 1}\n\nevent: text\ndata: 2\n\ndata: 3\n\n';
    const named = itemsOf(eventReader, [text], { ...EVENTS, json: ["json"] });
    expect(named).toEqual([{ event: "json", data: { a: 1 } }, { event: "text", data: "2" }, { data: "3" }]);
    const all = itemsOf(eventReader, [text], { ...EVENTS, json: true });
    expect(all).toEqual([{ event: "json", data: { a: 1 } }, { event: "text", data: 2 }, { data: 3 }]);
    expect(() => itemsOf(eventReader, ["data: {\n\n"], { ...EVENTS, json: true })).toThrow(SyntaxError);
  });

  it("may end with [DONE], which is no JSON", () => {
    expect(itemsOf(eventReader, ["data: 1\n\ndata: [DONE]\n\n"], { ...EVENTS, json: true })).toEqual([
      { data: 1 },
    ]);
    expect(itemsOf(eventReader, ["data: [DONE]\n\n"])).toEqual([{ data: "[DONE]" }]);
  });
});

describe("JSON Lines", () => {
  it.each<[text: string, items: unknown[]]>([
    ['{"a":1}\n[2]\n', [{ a: 1 }, [2]]],
    ['1\r\n\n  \n"a\\nb"', [1, "a\nb"]],
    ["", []],
  ])("%j", (text, items) => {
    for (const pieces of cuts(text)) expect(itemsOf(jsonLinesReader, pieces)).toEqual(items);
  });

  it("gives the items before a line that is no JSON", () => {
    const items: unknown[] = [];
    const read = () => {
      for (const item of jsonLinesReader(EVENTS).push("1\n2\n{\n3\n")) items.push(item);
    };
    expect(read).toThrow(SyntaxError);
    expect(items).toEqual([1, 2]);
  });
});

describe("JSON text sequences (RFC 7464)", () => {
  it.each<[text: string, items: unknown[]]>([
    ['\u001e{"a":1}\n\u001e[2]\n', [{ a: 1 }, [2]]],
    ['\u001e{\n  "a": 1,\n  "b": [\n  2\n]\n}\n\u001e3\n', [{ a: 1, b: [2] }, 3]],
    ["\u001e\u001e1\n\u001e \n", [1]],
    ['\u001e{"a":1}\u001e"b"', [{ a: 1 }, "b"]],
    ["", []],
  ])("%j", (text, items) => {
    for (const pieces of cuts(text)) expect(itemsOf(jsonSequenceReader, pieces)).toEqual(items);
  });

  it("gives an item as soon as its line has ended", () => {
    const parser = jsonSequenceReader(EVENTS);
    expect([...parser.push('\u001e{"a":1}\n')]).toEqual([{ a: 1 }]);
    expect(parser.pending).toBe(0);
  });

  it.each(["\u001e12", "\u001etrue", "\u001e12\u001e3\n"])(
    "takes no half of a number or a word: %j",
    (text) => {
      expect(() => itemsOf(jsonSequenceReader, [text])).toThrow(SyntaxError);
    },
  );
});

describe("what is written", () => {
  const FORMATS: readonly (readonly [BodyRule["as"], MakeParser])[] = [
    ["jsonLines", jsonLinesReader],
    ["jsonSequence", jsonSequenceReader],
  ];

  it.each(FORMATS)("is read again, however it is cut: %s", (as, reader) => {
    const rule: BodyRule = { mediaType: "a/b", as };
    fc.assert(
      fc.property(fc.array(fc.json().map((text) => JSON.parse(text) as unknown)), fc.nat(), (items, seed) => {
        const text = itemsWriter(rule, items, {}) as string;
        const at = seed % (text.length + 1);
        expect(itemsOf(reader, [text.slice(0, at), text.slice(at)], rule)).toEqual(items);
      }),
    );
  });

  it("is read again, however it is cut: events", () => {
    const line = fc.string().map((text) => text.replace(/[\r\n\0]/g, ""));
    const event = fc.record(
      {
        event: line,
        data: fc.string().map((text) => text.replace(/\r\n?/g, "\n")),
        id: line,
        retry: fc.nat(),
      },
      { requiredKeys: ["data"] },
    );
    fc.assert(
      fc.property(fc.array(event), fc.nat(), (events, seed) => {
        const text = events.map((each) => itemText(EVENTS, each)).join("");
        const at = seed % (text.length + 1);
        expect(itemsOf(eventReader, [text.slice(0, at), text.slice(at)])).toEqual(events);
      }),
    );
  });

  it("has no event with a name of two lines", () => {
    expect(() => itemText(EVENTS, { event: "a\ndata: b", data: "" })).toThrow(TypeError);
  });
});
