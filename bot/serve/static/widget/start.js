// Where the chat is put, what it listens to, and what scripts of the page may call.

/** The end of all that is listened to. @type {AbortController | null} */
let listening = null;
let putBack = 0;

/** Puts the chat where it belongs: at the end of the document, outside of the body, whose rules do not reach it there and which Turbo and
 * others replace; or into the element that the page has for it, whenever there is one. */
function place() {
  const { host } = ui;
  const where = config.target ? document.querySelector(config.target) : document.documentElement;
  if (!where || host.parentNode === where || putBack > MOST_PUT_BACK) return;
  putBack += config.target ? 0 : 1; // a script that removes it each time wins in the end
  where.querySelectorAll(":scope > [data-factotum]").forEach((old) => old.remove()); // a copy without life, from a page that was kept
  where.append(host);
  if (view.open && !config.target && ui.panel.open) show(); // a modal dialog that was taken out is none any more
  dress();
  if (config.target) learn();
}

/** The page may have got another language or other colours. */
function adapt() {
  dress();
  if (wantedLanguage() !== language) mount();
}

/** Looks after what the page does to itself. @param {AbortSignal} signal */
function watch(signal) {
  const looks = new MutationObserver(adapt);
  const lookAtBody = () => document.body && looks.observe(document.body, { attributes: true });
  const placing = new MutationObserver(() => {
    place();
    lookAtBody(); // it may be another one
  });
  placing.observe(document.documentElement, { childList: true, subtree: Boolean(config.target) });
  looks.observe(document.documentElement, { attributes: true });
  lookAtBody();
  signal.addEventListener("abort", () => [looks, placing].forEach((observer) => observer.disconnect()));
}

/** The keyboard of a phone covers the page without making it smaller; the panel keeps to what is seen. */
function fit() {
  const { height, scale } = /** @type {VisualViewport} */ (window.visualViewport);
  ui.panel.style.setProperty("--seen", `${height * scale}px`); // by the scale, or else to zoom in would shrink the panel
}

function listen() {
  listening = new AbortController();
  const { signal } = listening;
  watch(signal);
  narrow.addEventListener("change", () => ui.panel.open && !config.target && show(), { signal });
  dark.addEventListener("change", dress, { signal });
  window.visualViewport?.addEventListener("resize", fit, { signal });
  document.addEventListener("securitypolicyviolation", onViolation, { signal });
  window.addEventListener("pagehide", () => { unsent?.(); keep(); }, { signal });
  window.addEventListener("pageshow", (event) => event.persisted && catchUp(), { signal });
  window.addEventListener("storage", (event) => event.key === KEY && catchUp(), { signal });
}

/** Whether the panel is there from the start: on a small screen never, for it would cover the page that the reader went to. */
function begins() {
  return !narrow.matches && (view.open || ["", "yes", "true"].includes(config.open));
}

/** The document has a body: a script in the head runs before that. */
const bodied = document.body ? Promise.resolve() : new Promise((go) => document.addEventListener("DOMContentLoaded", go, { once: true }));

/** Takes the chat away, with what it listens to. What is kept stays. */
function clear() {
  if (!ui) return;
  unsent?.();
  keep();
  listening?.abort();
  ui.host.remove();
  ui = null;
  sending = null;
}

function begin() {
  restore();
  ui = build();
  assemble();
  addSheet();
  place();
  refill();
  fill(view.draft);
  introduce();
  dress();
  listen();
  if (!config.target && begins()) unfold();
  tell("ready", { version: VERSION });
}

let calls = 0;
let there = Promise.resolve();

/** Shows the chat with what is set, or changes that. @param {Object<string, string>} [options] @returns {Promise<void>} once it is there */
function mount(options = {}) {
  const wanted = Object.freeze({ ...config, ...options });
  const same = Object.entries(wanted).every(([name, value]) => /** @type {any} */ (config)[name] === value);
  config = wanted;
  calls += 1;
  there = appear(calls, same);
  return there;
}

/** @param {number} call its number @param {boolean} same whether nothing else is set than before */
async function appear(call, same) {
  await Promise.all([bodied, speak(wantedLanguage())]);
  if (call !== calls || (ui && same && ui.host.lang === language)) return; // called again meanwhile, or there is nothing to change
  clear();
  begin();
}

function destroy() {
  calls += 1;
  clear();
}

/** @param {string} text what to ask, as if it had been typed */
function ask(text) {
  open();
  const typed = String(text).slice(0, LONGEST).replace(/[\ud800-\udbff]$/, ""); // no half of a character
  if (ui) send({ text: typed, shown: typed, typed: true });
}

const api = Object.freeze({
  mount, destroy,
  open: () => there.then(open),
  close: () => there.then(close),
  ask: (/** @type {string} */ text) => there.then(() => ask(text)),
});
Object.defineProperty(window, "factotum", { value: api });
if (tag && config.mount !== "no") mount();
return api;
