/** The formats that the OpenAPI schemas use, and what a value of each is called. */
const FORMATS: {
  readonly [format: string]: { readonly name: string; readonly test: (text: string) => boolean };
} = {
  "uri-reference": { name: "a URI reference", test: isUriReference },
  uri: { name: "a URI", test: (text) => /^[a-z][a-z0-9+.-]*:/i.test(text) && isUriReference(text) },
  email: { name: "an email address", test: (text) => /^[^\s@]+@[^\s@]+$/.test(text) },
  "media-range": { name: "a media type", test: isMediaRange },
};

/** What the text should be and is not; undefined where it is, or where nothing is known of the format. */
export function formatFault(format: string, text: string): string | undefined {
  const known = Object.hasOwn(FORMATS, format) ? FORMATS[format] : undefined;
  return known && !known.test(text) ? known.name : undefined;
}

/** RFC 3986, section 4.1, and RFC 3987: without the characters that neither allows, and with brackets in no host but an address. */
function isUriReference(text: string): boolean {
  const [, authority = ""] = /^(?:[a-z][a-z0-9+.-]*:)?\/\/([^/?#]*)/i.exec(text) ?? [];
  const isHost = !/[[\]]/.test(authority) || /^(?:[^@[\]]*@)?\[[\w:.~-]+\](?::\d*)?$/.test(authority);
  return isHost && !/[\s<>"{}|\\^`]/.test(text) && !/%(?![0-9a-f]{2})/i.test(text);
}

/** RFC 9110, section 12.5.1. */
function isMediaRange(text: string): boolean {
  return /^[\w!#$%&'*+.^`|~-]+\/[\w!#$%&'*+.^`|~-]+\s*(;.*)?$/.test(text);
}
