// The service, and what is said when it does not answer.

/** A failure, with a message for the reader. `lasting`: trying again does not help. */
class Trouble extends Error {
  /** @param {string} message @param {number} [status] @param {boolean} [lasting] */
  constructor(message, status = 0, lasting = false) {
    super(message);
    this.status = status;
    this.lasting = lasting;
  }
}

const SAID = Object.freeze({ 401: "closed", 403: "origin", 404: "gone", 408: "slow", 413: "long", 421: "closed" });

/** @param {Response} response */
function troubleOf(response) {
  const { status } = response;
  const wait = Number(response.headers.get("Retry-After"));
  if (status === 429) return new Trouble(wait ? t("many", { n: wait }) : t("moment"), status);
  if (status === 503) return new Trouble(t("starting"), status);
  if (status >= 500) return new Trouble(t("fault"), status);
  const name = /** @type {Object<number, string>} */ (SAID)[status];
  return new Trouble(name ? t(name, { origin: location.origin }) : t("other", { n: status }), status, [401, 403, 421].includes(status));
}

/** Whether the page's own policy keeps the service from being asked, which to a request looks like no connection. */
let forbidden = false;

/** @param {SecurityPolicyViolationEvent} event */
function onViolation(event) {
  if (event.effectiveDirective === "connect-src" && event.blockedURI.startsWith(service.origin)) forbidden = true;
}

/** Why a request came to nothing. A browser does not tell a page that is not named in `origins` from no connection, so we look: the probe
 * answers everybody, the rest only pages that are named. */
async function unreachable() {
  await new Promise((go) => setTimeout(go, 50)); // what the page's policy forbids is told after the request has failed
  if (forbidden) return new Trouble(t("policy", { origin: service.origin }), 0, true);
  const get = (/** @type {string} */ path) => fetch(new URL(path, service), { credentials: "omit", cache: "no-store" });
  try {
    if (service.origin === location.origin || !(await get("healthz")).ok) return new Trouble(t("connection"));
  } catch {
    return new Trouble(t("connection"));
  }
  return get("v1/about").then(() => new Trouble(t("connection")), () => new Trouble(t("origin", { origin: location.origin }), 0, true));
}

/**
 * Sends a request; throws Trouble unless it succeeds.
 * @param {string} path @param {Object} [body] posted as JSON @param {Object} [further]
 * @returns {Promise<{value: any, headers: Headers}>} the parsed body, null if it is empty
 */
async function call(path, body, further = {}) {
  const stop = new AbortController();
  const timer = setTimeout(() => stop.abort(), 1000 * Number(config.timeout));
  const post = body && { method: "POST", headers: { "Content-Type": "application/json" }, body: JSON.stringify(body) };
  try {
    const response = await fetch(new URL(path, service), { credentials: "omit", signal: stop.signal, ...post, ...further });
    if (!response.ok) throw troubleOf(response);
    const text = await response.text();
    return { value: text ? JSON.parse(text) : null, headers: response.headers };
  } catch (error) {
    if (error instanceof Trouble) throw error;
    throw stop.signal.aborted ? new Trouble(t("time")) : await unreachable();
  } finally {
    clearTimeout(timer);
  }
}
