// What the page sets, and where the service is. `from` is the address of the module; empty for a script.

/**
 * @typedef {{text: string, href: string | null}} Span
 * @typedef {{role: string, text: string, ref: string | null, label?: string | null, detail?: string | null, verdict?: string | null,
 *   spans?: Span[]}} Block
 * @typedef {{reply_id: string, status: string, reason: string | null, text: string, context: Object | null,
 *   blocks: Block[], options: Object[]}} Reply
 * @typedef {{asked: string, reply: Reply, at: number, judged?: boolean, alone?: boolean, taken?: boolean}} Turn
 *   alone: what was said before was not known to the service; taken: the page took over
 * @typedef {{text?: string, choice?: string, intent?: string, shown: string, typed?: boolean}} Sending   typed: by hand, to be given back if it is lost
 */

const DEFAULTS = Object.freeze({
  title: "", label: "", open: "no", side: "", target: "", scheme: "auto", lang: "", topic: "", keep: "tab", timeout: "15", mount: "yes",
});

const KEPT_MINUTES = Object.freeze({ tab: 30, browser: 7 * 24 * 60 });
const KEPT_TURNS = 30;
const LONGEST = 10000;
const LONGEST_SHOWN = 600;
const MOST_PUT_BACK = 100;
const LISTS = Object.freeze(["source", "option", "related", "step", "item"]);
const RUNS = Object.freeze([...LISTS, "more"]); // roles whose blocks stand together in one element
const GLYPHS = Object.freeze({ incorrect: "✕", misleading: "!", unproven: "?", outdated: "↺" });
const FULL_SCREEN = "(max-width: 560px), (max-height: 420px)";
const WEB = Object.freeze(["http:", "https:"]);
const FOLLOWED = Object.freeze([...WEB, "mailto:", "tel:"]);

/** The address if it is of such a protocol: nothing else becomes a link. @param {string | null | undefined} text
 * @param {readonly string[]} protocols @returns {URL | null} */
function addressOf(text, protocols) {
  try {
    const address = new URL(text ?? "");
    return protocols.includes(address.protocol) ? address : null;
  } catch {
    return null;
  }
}

/** The tag of this script: of a module no `currentScript` tells, and where others may name an <img>, that can be an image. */
function ownTag() {
  const current = document.currentScript;
  if (current instanceof HTMLScriptElement) return current;
  const tags = [...document.querySelectorAll("script[src]")].filter((tag) => tag instanceof HTMLScriptElement);
  return tags.find((tag) => addressOf(tag.src, WEB)?.pathname.endsWith("/widget.js"));
}

const tag = from ? null : ownTag();

// An element with id="factotum" also shows up as window.factotum; only a property of window itself is a widget.
if (Object.hasOwn(window, "factotum")) {
  // Run again, after Turbo has put a new body in: the new page may set something else.
  if (tag && tag.dataset.mount !== "no") window.factotum.mount({ ...DEFAULTS, ...tag.dataset });
  return window.factotum;
}
if (!from && !tag) return undefined;

const service = new URL(".", from || tag.src);
let config = Object.freeze({ ...DEFAULTS, ...tag?.dataset });

/** Tells scripts of the page what happened; false if one of them prevented what is done by default.
 * @param {string} name @param {Object} [detail] */
function tell(name, detail = {}) {
  return document.dispatchEvent(new CustomEvent(`factotum:${name}`, { detail, cancelable: name === "handoff" }));
}
