// @ts-check
/** The one comment that a review keeps on a pull request, by GitHub's REST interface (version 2022-11-28, "Issue comments"). */

/**
 * @typedef {object} Thread A pull request, and what is needed to write to it.
 * @property {string} api `https://api.github.com`
 * @property {string} repository `owner/name`
 * @property {number} number
 * @property {string} token
 */

/**
 * @typedef {{ kind: "created" | "updated" | "unchanged" | "skipped" } | { kind: "refused", status: number }} Outcome
 * `refused`: the token may not write, as on a pull request from a fork.
 */

/** More comments are not looked through: 30 pages of 100. */
const PAGES = 30;
const PAGE_SIZE = 100;
const TIMEOUT_MS = 30_000;

/**
 * Creates the comment, or updates the one that begins with the marker.
 *
 * @param {Thread} thread
 * @param {{ body: string, marker: string, isQuiet: boolean }} comment quiet: it is not worth a first comment.
 * @returns {Promise<Outcome>}
 */
export async function keepComment(thread, { body, marker, isQuiet }) {
  const comments = `${thread.api}/repos/${thread.repository}/issues/${thread.number}/comments`;
  const known = await find(thread, comments, marker);
  if (known.kind === "refused") return known;
  if (!known.comment) {
    if (isQuiet) return { kind: "skipped" };
    return written(await request(thread, "POST", comments, { body }), "created");
  }
  if (sameText(known.comment.body, body)) return { kind: "unchanged" };
  const place = `${thread.api}/repos/${thread.repository}/issues/comments/${known.comment.id}`;
  return written(await request(thread, "PATCH", place, { body }), "updated");
}

/**
 * @param {Thread} thread
 * @param {string} comments
 * @param {string} marker
 * @returns {Promise<{ kind: "found", comment: { id: number, body: string } | undefined } | { kind: "refused", status: number }>}
 */
async function find(thread, comments, marker) {
  for (let page = 1; page <= PAGES; page++) {
    const response = await request(thread, "GET", `${comments}?per_page=${PAGE_SIZE}&page=${page}`);
    if (isRefusal(response.status)) return { kind: "refused", status: response.status };
    if (!response.ok) throw new Error(await faultOf(response));
    const list = /** @type {{ id: number, body?: string | null, user?: { type?: string } | null }[]} */ (
      await response.json()
    );
    const comment = list.find(
      ({ body, user }) => body?.startsWith(marker) === true && isOurs(user?.type, thread.token),
    );
    if (comment) return { kind: "found", comment: { id: comment.id, body: comment.body ?? "" } };
    if (list.length < PAGE_SIZE) break;
  }
  return { kind: "found", comment: undefined };
}

/**
 * The token of a workflow may edit what anybody wrote: a person's comment that begins with the marker stays as it is.
 *
 * @param {string | undefined} type
 * @param {string} token
 */
function isOurs(type, token) {
  return type === "Bot" || !token.startsWith("ghs_");
}

/**
 * @param {Response} response
 * @param {"created" | "updated"} kind
 * @returns {Promise<Outcome>}
 */
async function written(response, kind) {
  if (isRefusal(response.status)) return { kind: "refused", status: response.status };
  if (!response.ok) throw new Error(await faultOf(response));
  return { kind };
}

/** @param {number} status */
function isRefusal(status) {
  return status === 401 || status === 403 || status === 404;
}

/** @param {Response} response */
async function faultOf(response) {
  return `GitHub answered ${response.status}: ${(await response.text()).slice(0, 300)}`;
}

/**
 * GitHub keeps line ends as it likes.
 *
 * @param {string} a
 * @param {string} b
 */
function sameText(a, b) {
  return a.replaceAll("\r\n", "\n").trim() === b.trim();
}

/**
 * @param {Thread} thread
 * @param {"GET" | "POST" | "PATCH"} method
 * @param {string} url
 * @param {object} [body]
 */
function request({ token }, method, url, body) {
  return fetch(url, {
    method,
    // The token goes nowhere else.
    redirect: "error",
    signal: AbortSignal.timeout(TIMEOUT_MS),
    headers: {
      accept: "application/vnd.github+json",
      authorization: `Bearer ${token}`,
      "user-agent": "clientsmith",
      "x-github-api-version": "2022-11-28",
      ...(body && { "content-type": "application/json" }),
    },
    ...(body && { body: JSON.stringify(body) }),
  });
}
