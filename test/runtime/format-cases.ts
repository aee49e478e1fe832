import * as formats from "../../generator/runtime/formats.js";

export interface FormatCases {
  readonly is: formats.Format;
  readonly valid: readonly string[];
  readonly invalid: readonly string[];
  /** Texts of which ajv-formats has another opinion, and why ours stands. */
  readonly unlikeAjv?: Readonly<Record<string, string>>;
}

const LABEL_63 = "a".repeat(63);
const HOSTNAME_253 = `${`${LABEL_63}.`.repeat(3)}${"a".repeat(61)}`;
const LOCAL_PART_65 = "a".repeat(65);

function words(...lines: readonly string[]): string[] {
  return lines.flatMap((line) => line.split(" "));
}

/** RFC 3339, sections 5.6 and 5.7. */
const DATE: FormatCases = {
  is: formats.date,
  valid: words("1985-04-12 0000-01-01 2024-02-29 2000-02-29 2023-04-30 2023-12-31"),
  invalid: [
    ...words(
      "2023-2-01 2023-00-10 2023-13-01 2023-01-00 2023-01-32 2023-04-31 2023-06-31 2023-02-29 1900-02-29",
    ),
    ...words("2023-01-01Z 20230101 2023-W01-1 2023-01-0১ +2023-01-01"),
    "",
    "2023-01-01\n",
  ],
};

/** RFC 3339, sections 5.6 to 5.8. */
const TIME: FormatCases = {
  is: formats.time,
  valid: words(
    "23:20:50.52Z 00:00:00z 12:00:27.87+00:20 16:39:57-08:00 00:00:00-00:00 23:59:59.999999999Z",
    "23:59:60Z 15:59:60-08:00 01:29:60+01:30 23:29:60+23:30 00:29:60-23:30",
  ),
  invalid: [
    ...words(
      "12:00:00 24:00:00Z 12:60:00Z 12:00:61Z 1:00:00Z 12:00Z 12:00:00.Z 12:00:00,5Z 12:00:0০Z 120000Z",
    ),
    ...words("12:00:00+24:00 12:00:00+00:60 12:00:00+0100 22:59:60Z 23:58:60Z 23:59:60+01:00 15:59:60+08:00"),
    "",
    "12:00:00 Z",
    "12:00:00Z\n",
  ],
  unlikeAjv: { "12:00:00+0100": "`time-numoffset` has a colon" },
};

/** RFC 3339, section 5.8; the space is that of the note in section 5.6. */
const DATE_TIME: FormatCases = {
  is: formats.dateTime,
  valid: [
    ...words(
      "1985-04-12T23:20:50.52Z 1996-12-19T16:39:57-08:00 1990-12-31T23:59:60Z 1990-12-31T15:59:60-08:00",
    ),
    ...words("1937-01-01T12:00:27.87+00:20 1985-04-12t23:20:50z"),
    "1985-04-12 23:20:50Z",
  ],
  invalid: [
    ...words("1985-04-12 1985-04-12T23:20:50 1985-04-31T00:00:00Z 1985-04-12T24:00:00Z 1985-04-12T23:20Z"),
    ...words("1985-04-12T23:20:50ZT 1985-04-12TT23:20:50Z 2013-350T01:01:01Z 1998-12-31T22:59:60Z"),
    "",
    "1985-04-12\n23:20:50Z",
    "1985-04-12\u00a023:20:50Z",
  ],
  unlikeAjv: {
    "1985-04-12\n23:20:50Z": "it splits at any white space; the note speaks of a space",
    "1985-04-12\u00a023:20:50Z": "so too",
  },
};

/** RFC 9562, section 4. */
const UUID: FormatCases = {
  is: formats.uuid,
  valid: words(
    "f81d4fae-7dec-11d0-a765-00a0c91e6bf6 F81D4FAE-7DEC-11D0-A765-00A0C91E6BF6",
    "00000000-0000-0000-0000-000000000000 ffffffff-ffff-ffff-ffff-ffffffffffff",
  ),
  invalid: [
    ...words("f81d4fae7dec11d0a76500a0c91e6bf6 {f81d4fae-7dec-11d0-a765-00a0c91e6bf6}"),
    ...words("f81d4fae-7dec-11d0-a765-00a0c91e6bf g81d4fae-7dec-11d0-a765-00a0c91e6bf6"),
    "",
    "urn:uuid:f81d4fae-7dec-11d0-a765-00a0c91e6bf6",
  ],
  unlikeAjv: { "urn:uuid:f81d4fae-7dec-11d0-a765-00a0c91e6bf6": "the URN of a UUID is not its own form" },
};

/** RFC 5321, section 4.1.2. */
const EMAIL: FormatCases = {
  is: formats.email,
  valid: [
    ...words(
      "a@b joe.bloggs@example.com te~st@example.com o'hara+tag@example.co.uk !#$%&*/=?^_`{|}@x.org 2@x-y.org",
    ),
    `${"a".repeat(64)}@example.com`,
  ],
  invalid: [
    ...words("2962 @b a@ .a@b.c a.@b.c a..b@c.d a@b@c a@-b.c a@b-.c a@b..c jöe@example.com joe@exämple.com"),
    "",
    "a b@c.d",
    "a@b.c\n",
    "Joe <joe@example.com>",
    '"joe bloggs"@example.com',
    "joe@[127.0.0.1]",
    `${LOCAL_PART_65}@example.com`,
  ],
  unlikeAjv: {
    "a@b": "a domain may be of one label",
    [`${LOCAL_PART_65}@example.com`]: "a local part has 64 octets at most (section 4.5.3.1.1)",
  },
};

/** RFC 3986, section 1.1.2 and appendix A. */
const URI: FormatCases = {
  is: formats.uri,
  valid: words(
    "ftp://ftp.is.co.za/rfc/rfc1808.txt http://www.ietf.org/rfc/rfc2396.txt mailto:John.Doe@example.com",
    "ldap://[2001:db8::7]/c=GB?objectClass?one news:comp.infosystems.www.servers.unix tel:+1-816-555-1212",
    "telnet://192.0.2.16:80/ urn:oasis:names:specification:docbook:dtd:xml:4.1.2 file:///etc/hosts a:",
    "http://a.b/?q=Test%20URL-encoded%20stuff http://-.~_!$&'()*+,;=:%40:80%2f@example.com: http://h?# http://h//a//",
    "foo://example.com:8042/over/there?name=ferret#nose A+b-c.1://x http://h/?a/b?c#d/e?f http://[v1.x:y]/",
  ),
  invalid: [
    ...words("//foo.bar/?baz=qux#quux /abc \\\\WINDOWS\\fileshare abc ://x 1http://a bar,baz:foo"),
    ...words(
      'http://a.b/<x> http://a.b/{x} http://a.b/" http://a.b/\\ http://a.b/^`| http://a.b/% http://a.b/%2',
    ),
    ...words(
      "http://a.b/%zz http://a.b/é http://a.b/#a#b http://a:port/ http://a:1:2/ http://[::1 http://::1]/",
    ),
    ...words("http://a[b]/ http://a.b/?x[]=1 http://a@b@c/"),
    "",
    "http:// shouldfail.com",
    "http://a.b/\n",
  ],
  unlikeAjv: {
    "a:": "a path may be empty",
    "http://a:port/": "a port has digits only, and a path cannot begin with two slashes",
    "http://a:1:2/": "so too",
    "http://a@b@c/": "an authority has one @",
  },
};

/** RFC 2673, section 3.2. */
const IPV4: FormatCases = {
  is: formats.ipv4,
  valid: words("0.0.0.0 127.0.0.1 255.255.255.255 192.168.10.99"),
  invalid: [
    ...words(
      "1.2.3 1.2.3.4.5 1.2.3.4. .1.2.3.4 1..2.3 256.0.0.1 1.2.3.260 01.2.3.4 1.2.3.00 1.2.3.4/24 0x7f.0.0.1",
    ),
    "",
    "2130706433",
    "1.2.3.4\n",
    " 1.2.3.4",
    "1.2.3.২",
  ],
};

/** RFC 4291, section 2.2. */
const IPV6: FormatCases = {
  is: formats.ipv6,
  valid: [
    ...words(
      ":: ::1 1:: 2001:db8::8:800:200C:417A 1:2:3:4:5:6:7:8 ::1:2:3:4:5:6:7 1:2:3:4:5:6:7:: FF01::101",
    ),
    ...words("::ffff:192.0.2.128 1:2:3:4:5:6:1.2.3.4 64:ff9b::1.2.3.4"),
  ],
  invalid: [
    ...words(
      "1 : ::: 1::2::3 1:2:3:4:5:6:7 1:2:3:4:5:6:7:8:9 1:2:3:4::5:6:7:8 12345:: g:: 1: :1 1:2:3:4:5:6:7:",
    ),
    ...words("1.2.3.4:: 1.2.3.4 ::1.2.3 ::1.2.3.4:5 1:2:3:4:5:6:7:1.2.3.4 ::1.2.3.256 fe80::1%eth0 ::1/64"),
    "",
    "::1\n",
    " ::1",
    "::১",
  ],
};

/** RFC 4648, section 4. */
const BYTE: FormatCases = {
  is: formats.byte,
  valid: ["", ...words("Zg== Zm8= Zm9v Zm9vYg== +/+/")],
  invalid: [
    ...words("Zg Zg= Zm8 Z === Zm9v= Zm9vYg= -_-_ Z=m8 é==="),
    "Zm9v\n",
    "Zm 9v",
    "\nZm9v",
    "Zm9v\n!",
  ],
  unlikeAjv: {
    "Zm9v\n": "it takes a text of which one line is base64",
    "\nZm9v": "so too",
    "Zm9v\n!": "so too",
  },
};

/** RFC 1123, section 2.1; RFC 1034, section 3.1. */
const HOSTNAME: FormatCases = {
  is: formats.hostname,
  valid: [
    ...words("localhost www.example.com 3com.com xn--4gbwdl.xn--wgbh1c a-b.c 1.2.3.4"),
    LABEL_63,
    HOSTNAME_253,
  ],
  invalid: [
    ...words("-a.com a-.com a..b .a a_b.com ä.com a.com:80"),
    "",
    "a b",
    "a\n",
    `${LABEL_63}a`,
    `${HOSTNAME_253}a`,
    "example.com.",
  ],
  unlikeAjv: { "example.com.": "the dot of the root is a resolver's notation, no part of a host's name" },
};

/** RFC 3339, appendix A; ISO 8601 for units that are missing. */
const DURATION: FormatCases = {
  is: formats.duration,
  valid: words("P1Y P2M P3D P1W P1Y2M3DT4H5M6S PT5M P1DT12H P1Y2D PT1H2S PT36H"),
  invalid: [...words("P PT P1DT P1W2D PT0.5S p1y P-1Y P1M1Y 1Y"), "1 day", "", "P1Y\n"],
};

/** RFC 3986, sections 4.1 and 4.2. */
const URI_REFERENCE: FormatCases = {
  is: formats.uriReference,
  valid: [...words("/a a/b ../a ?q #f //h/p //a:80 //[::1]/ http://h a:b ./1a:b"), ""],
  invalid: words("1a:b a%zz \\a [ //[ é #a#b //h:x http://a@b@c").concat("a b", "/a\n"),
  unlikeAjv: {
    "1a:b": "the first segment of a `path-noscheme` has no colon",
    "//h:x": "a port has digits alone",
    "http://a@b@c": "an authority has one `@`",
  },
};

/** RFC 6570, section 2. */
const URI_TEMPLATE: FormatCases = {
  is: formats.uriTemplate,
  valid: [...words("/a/{id} {?a,b*} {a:3} {+p}/x .{.x} é"), ""],
  invalid: words("{ {} {a:0} {a:99999} {é} %zz <").concat("a b", "a\n"),
};

/** RFC 6901, section 3. */
const JSON_POINTER: FormatCases = {
  is: formats.jsonPointer,
  valid: ["", ...words("/ /a /a~0b/~1 //"), "/é\n"],
  invalid: words("a #/a /a~2 /a~"),
};

/** draft-bhutton-relative-json-pointer-00, section 3. */
const RELATIVE_JSON_POINTER: FormatCases = {
  is: formats.relativeJsonPointer,
  valid: words("0 1# 0/a 120/a~0/b"),
  invalid: ["", ...words("/a 01 -1 1a 1## 0/~2"), "0\n"],
};

/** ECMA-262, section 22.2.1 and annex B.1.2. */
const REGEX: FormatCases = {
  is: formats.regex,
  valid: ["", ...words("a (?<n>a) (?<=a)b \\- a\\Z [a-z]+")],
  invalid: words("[ ( \\ a{2,1} *"),
  unlikeAjv: { "a\\Z": "`\\Z` is a Z" },
};

export const FORMAT_CASES: Readonly<Record<string, FormatCases>> = {
  date: DATE,
  time: TIME,
  "date-time": DATE_TIME,
  uuid: UUID,
  email: EMAIL,
  uri: URI,
  ipv4: IPV4,
  ipv6: IPV6,
  byte: BYTE,
  hostname: HOSTNAME,
  duration: DURATION,
  "uri-reference": URI_REFERENCE,
  "uri-template": URI_TEMPLATE,
  "json-pointer": JSON_POINTER,
  "relative-json-pointer": RELATIVE_JSON_POINTER,
  regex: REGEX,
};
