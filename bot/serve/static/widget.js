/*
 * The chat widget of Factotum: one script tag on any page, no build step, no dependency.
 *
 *   <script src="https://desk.example/widget.js" defer data-side="left"></script>
 *
 * The service is where the script comes from. What may be set on the tag (see DEFAULTS):
 *   data-title    name over the panel; the service's own if left out
 *   data-label    text on the button that opens the panel
 *   data-open     "yes": the panel is open from the start
 *   data-side     "left" or "right"
 *   data-target   CSS selector of an element of the page to put the chat into; then there is no button and no panel
 *   data-scheme   "light", "dark", or "auto": as the reader's system is set
 *   data-timeout  seconds to wait for an answer
 *
 * CSS variables that the page may set, on :root for example (mind the contrast, 4.5 to 1 for text):
 *   --factotum-accent      buttons, links, what the reader wrote     --factotum-on-accent   text on that colour
 *   --factotum-background  the panel                                 --factotum-text        text on it
 *   --factotum-font        font family                               --factotum-radius      corners of the panel
 *   --factotum-width, --factotum-height   size of the panel          --factotum-z           z-index
 *
 * For scripts of the page: window.factotum.open(), .close(), .ask("text").
 *
 * A page with a Content-Security-Policy needs the service's origin in script-src and connect-src, and nothing else: styles are
 * constructed, all text goes in as text, and no string ever becomes HTML or code (so require-trusted-types-for 'script' holds too).
 */
(() => {
  "use strict";

  /**
   * @typedef {{text: string, href: string | null}} Span
   * @typedef {{role: string, text: string, ref: string | null, label?: string | null, detail?: string | null, verdict?: string | null,
   *   spans?: Span[]}} Block
   * @typedef {{reply_id: string, status: string, reason: string | null, text: string, context: Object | null,
   *   blocks: Block[], options: Object[]}} Reply
   * @typedef {{asked: string, reply: Reply, judged?: boolean}} Turn
   * @typedef {{text?: string, choice?: string, shown: string, typed?: boolean}} Sending   typed: by hand, to be given back if it is lost
   */

  // An element with id="factotum" also shows up as window.factotum; only a property of window itself is a widget.
  if (Object.hasOwn(window, "factotum")) return;
  const current = document.currentScript; // on a page where others may name an <img>, this can be that image
  const script = current instanceof HTMLScriptElement ? current : document.querySelector('script[src$="/widget.js"]');
  if (!script) return;

  const DEFAULTS = Object.freeze({
    title: "", label: "Ask a question", open: "no", side: "right", target: "", scheme: "auto", timeout: "15",
  });
  const config = Object.freeze({ ...DEFAULTS, ...script.dataset });
  const service = new URL(".", script.src);

  const KEPT_MINUTES = 30;
  const KEPT_TURNS = 30;
  const LONGEST = 10000;
  const LONGEST_SHOWN = 600;
  const SOURCES_SHOWN = 3;
  const LISTS = Object.freeze(["source", "option", "related", "step", "item"]);
  const RUNS = Object.freeze([...LISTS, "more"]); // roles whose blocks stand together in one element
  const GLYPHS = Object.freeze({ incorrect: "✕", misleading: "!", unproven: "?", outdated: "↺" });
  const FULL_SCREEN = "(max-width: 480px), (max-height: 480px)";

  // ---------------------------------------------------------------- elements

  /**
   * An element. Functions among the properties listen to the event of that name; children that are texts stay texts.
   * @param {string} tag
   * @param {Object<string, any>} [properties]
   * @param {...(Node | string | null | false | undefined)} children
   * @returns {any}
   */
  function h(tag, properties = {}, ...children) {
    const node = document.createElement(tag);
    for (const [name, value] of Object.entries(properties)) {
      if (typeof value === "function") node.addEventListener(name, value);
      else if (value !== false && value != null) node.setAttribute(name, value === true ? "" : String(value));
    }
    node.append(...children.filter((child) => child !== null && child !== undefined && child !== false && child !== ""));
    return node;
  }

  /** @param {string} text @param {string} kind @param {() => void} click @param {Object<string, any>} [further] */
  const button = (text, kind, click, further = {}) => h("button", { type: "button", class: kind, click, ...further }, text);

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

  // ---------------------------------------------------------------- what is kept in this tab

  const KEY = `factotum ${service.href}`;
  const fresh = () => ({ at: Date.now(), open: false, draft: "", context: null, /** @type {Turn[]} */ turns: [], about: null });
  let state = restored();

  /** The conversation kept in this tab if it is complete and not too old, else a new one. Storage may be forbidden. */
  function restored() {
    try {
      const found = JSON.parse(sessionStorage.getItem(KEY) ?? "");
      const whole = Array.isArray(found.turns) && found.turns.every((/** @type {Turn} */ turn) => Array.isArray(turn.reply.blocks));
      if (whole && Date.now() - found.at < KEPT_MINUTES * 60000) return { ...fresh(), ...found };
      sessionStorage.removeItem(KEY);
    } catch { /* nothing is kept, or storage is forbidden */ }
    return fresh();
  }

  function keep() {
    const draft = [sending?.typed && sending.text, input.value].filter(Boolean).join("\n"); // what is being sent may come back
    try {
      sessionStorage.setItem(KEY, JSON.stringify({ ...state, draft, turns: state.turns.slice(-KEPT_TURNS) }));
    } catch { /* full or forbidden: the conversation lasts as long as the page */ }
  }

  // ---------------------------------------------------------------- the service

  /** A failure, with a message for the reader. */
  class Trouble extends Error {}

  /** @param {Response} response */
  function troubleOf(response) {
    const wait = Number(response.headers.get("Retry-After"));
    /** @type {Object<number, string>} */
    const known = {
      403: "This page is not allowed to ask the service.",
      404: "That entry is no longer there.",
      408: "The connection is too slow just now.",
      413: "That is too long. Please shorten it.",
      429: `Too many questions just now. Please wait ${wait ? `${wait} second${wait > 1 ? "s" : ""}` : "a moment"}.`,
    };
    const other = response.status >= 500 ? "The service has a fault just now." : `The service did not take that (${response.status}).`;
    return new Trouble(known[response.status] ?? other);
  }

  /**
   * Sends a request; throws Trouble unless it succeeds.
   * @param {string} path @param {Object} [body] posted as JSON @param {Object} [further]
   * @returns {Promise<any>} the parsed body, null if it is empty
   */
  async function call(path, body, further = {}) {
    const stop = new AbortController();
    const timer = setTimeout(() => stop.abort(), 1000 * Number(config.timeout));
    const post = body && { method: "POST", headers: { "Content-Type": "application/json" }, body: JSON.stringify(body) };
    try {
      const response = await fetch(new URL(path, service), { credentials: "omit", signal: stop.signal, ...post, ...further });
      if (!response.ok) throw troubleOf(response);
      const text = await response.text();
      return text ? JSON.parse(text) : null;
    } catch (error) {
      if (error instanceof Trouble) throw error;
      throw new Trouble(stop.signal.aborted ? "No answer came in time." : "There is no connection to the service.");
    } finally {
      clearTimeout(timer);
    }
  }

  // ---------------------------------------------------------------- a reply, laid out

  /** @param {Turn} turn @returns {HTMLElement} */
  function turnNode(turn) {
    const { reply } = turn;
    const tools = turnTools(turn);
    return h("div", { class: "turn" },
      h("p", { class: "asked" }, h("span", { class: "unseen" }, "You: "), shortened(turn.asked)),
      h("div", { class: reply.reason === "danger" ? "reply urgent" : "reply" }, ...laidOut(turn), noneOfThese(reply)),
      tools.length > 0 && h("div", { class: "tools", "aria-live": "off" }, ...tools));
  }

  /** @param {string} text */
  const shortened = (text) => text.length > LONGEST_SHOWN ? `${text.slice(0, LONGEST_SHOWN)}…` : text;

  /** All blocks in order; consecutive lines of a list become one list. @param {Turn} turn */
  function laidOut({ reply, asked }) {
    const nodes = [];
    // The heading of a chosen entry repeats the question right above it.
    const blocks = reply.blocks.filter((block) => block.role !== "heading" || block.text !== asked);
    for (let at = 0; at < blocks.length;) {
      const { role } = blocks[at];
      let end = at + 1;
      while (RUNS.includes(role) && blocks[end]?.role === role) end += 1;
      nodes.push(...run(role, blocks.slice(at, end), blocks[end]));
      at = end;
    }
    return nodes;
  }

  /** The elements of blocks of one role. @param {string} role @param {Block[]} blocks @param {Block} [next] @returns {Node[]} */
  function run(role, blocks, next) {
    if (role === "source") return sourceLists(blocks);
    if (role === "option" || role === "related") return [choices(blocks)];
    if (role === "step" || role === "item") {
      return [h(role === "step" ? "ol" : "ul", { class: `${role}s` }, ...blocks.map((block) => h("li", {}, ...linked(block))))];
    }
    if (role === "more") {
      return [h("details", { class: "more" }, h("summary", {}, "More"), ...blocks.map((block) => h("p", {}, ...linked(block))))];
    }
    return blocks.map((block) => paragraph(block, next));
  }

  /** The words of a block, those that lead somewhere as links. @param {Block} block @returns {(Node | string)[]} */
  function linked({ text, label, spans }) {
    if (!spans?.length) return [label ?? text];
    return spans.map((span) => {
      const address = addressOf(span.href, FOLLOWED);
      return address ? link(address, span.text) : span.text;
    });
  }

  /** @param {URL} address @param {string} text */
  function link(address, text) {
    if (!WEB.includes(address.protocol)) return h("a", { href: address.href }, text);
    return h("a", { href: address.href, target: "_blank", rel: "noopener noreferrer" }, text, h("span", { class: "unseen" }, " (opens a new tab)"));
  }

  /** @param {Block} block @param {Block} [next] */
  function paragraph(block, next) {
    if (block.role === "heading") {
      return h("h3", { class: next && LISTS.includes(next.role) ? "over" : "heading" }, block.text);
    }
    return h("p", { class: block.role }, block.verdict && badge(block.verdict), ...linked(block));
  }

  /** @param {string} verdict */
  function badge(verdict) {
    const glyph = h("span", { "aria-hidden": "true" }, /** @type {Object<string, string>} */ (GLYPHS)[verdict] ?? "!");
    return h("strong", { class: `badge ${verdict}` }, glyph, h("span", { class: "unseen" }, "Verdict: "), verdict, h("span", { class: "unseen" }, ". "));
  }

  /** The first sources are shown, the others unfold: an answer should not scroll off a phone. @param {Block[]} blocks */
  function sourceLists(blocks) {
    const items = blocks.map(sourceItem);
    const list = (/** @type {Node[]} */ some) => h("ul", { class: "sources" }, ...some);
    const rest = items.slice(SOURCES_SHOWN);
    const more = rest.length > 0 && h("details", {}, h("summary", {}, `${rest.length} more source${rest.length > 1 ? "s" : ""}`), list(rest));
    return [list(items.slice(0, SOURCES_SHOWN)), ...(more ? [more] : [])];
  }

  /** The title is the link, what follows it is text; the host stands for the long address. @param {Block} block */
  function sourceItem({ text, label, detail, ref }) {
    const address = addressOf(ref, WEB);
    if (!address) return h("li", {}, label ?? text, h("small", {}, detail));
    return h("li", {}, link(address, label ?? text), h("small", {}, `${detail ?? ""} ${address.host.replace(/^www\./, "")}`.trim()));
  }

  /** @param {Block[]} blocks */
  function choices(blocks) {
    return h("ul", { class: "choices" }, ...blocks.map(({ text, label, ref }) =>
      h("li", {}, button(text, "choice", () => send({ choice: ref ?? "", shown: label ?? text })))));
  }

  /** @param {Reply} reply */
  const noneOfThese = (reply) => reply.options?.length > 0
    && button("None of these", "choice none", () => send({ text: "none of these", shown: "None of these" }));

  // ---------------------------------------------------------------- under a reply

  /** @param {Turn} turn @returns {Node[]} */
  function turnTools(turn) {
    const { status } = turn.reply;
    return [
      status === "answer" && copier(turn.reply),
      ["answer", "none"].includes(status) && judge(turn),
    ].filter(Boolean);
  }

  /** @param {Reply} reply */
  function copier(reply) {
    const place = h("div", { class: "copy" }, button("Copy with sources", "tool", async () => {
      const done = await copied(reply.text, place);
      if (done) say("Copied, with its sources.");
      else place.append(byHand(reply.text));
    }));
    return place;
  }

  /** Copies with the clipboard API, which needs a secure page, else with the old command. @param {string} text @param {HTMLElement} place */
  async function copied(text, place) {
    try {
      await navigator.clipboard.writeText(text);
      return true;
    } catch {
      const area = h("textarea", { class: "unseen", "aria-hidden": "true", tabindex: "-1" });
      const before = /** @type {HTMLElement | null} */ (root.activeElement);
      area.value = text;
      place.append(area);
      area.select();
      const done = document.execCommand("copy");
      area.remove();
      before?.focus();
      return done;
    }
  }

  /** @param {string} text */
  function byHand(text) {
    const area = h("textarea", { readonly: true, rows: 5, "aria-label": "The answer with its sources, to copy" });
    area.value = text;
    say("Please copy the text by hand.");
    return area;
  }

  /** Feedback that began with "No" and is not yet sent. @type {(() => void) | null} */
  let unsent = null;

  /** @param {Turn} turn */
  function judge(turn) {
    const place = h("div", { class: "judge", role: "group", "aria-label": "Feedback" });
    if (turn.judged) place.append("Thank you for telling us.");
    else {
      place.append("Was this helpful?",
        button("Yes", "tool", () => judged(turn, place, true, null)),
        button("No", "tool", () => askWhy(turn, place)));
    }
    return place;
  }

  /** "No" counts without a comment too, so it is sent when the reader moves on. @param {Turn} turn @param {HTMLElement} place */
  function askWhy(turn, place) {
    const comment = h("textarea", { rows: 2, maxlength: 1000 });
    const label = h("label", { class: "why-not" }, "What was wrong or missing? (optional)", comment);
    place.replaceChildren(label, button("Send", "tool", () => judged(turn, place, false, comment.value.trim() || null)));
    unsent = () => judged(turn, place, false, null);
    comment.focus();
    place.scrollIntoView({ block: "nearest" });
  }

  /** @param {Turn} turn @param {HTMLElement} place @param {boolean} helpful @param {string | null} comment */
  async function judged(turn, place, helpful, comment) {
    if (turn.judged) return;
    const inside = place.contains(root.activeElement);
    turn.judged = true;
    unsent = null;
    try {
      await call("v1/feedback", { reply_id: turn.reply.reply_id, helpful, comment }, { keepalive: true });
      place.replaceChildren("Thank you for telling us.");
      say("Thank you for telling us.");
      if (inside) input.focus(); // the button that had the focus is gone
    } catch (error) {
      turn.judged = false;
      say(`${/** @type {Error} */ (error).message} Your feedback was not sent; please try again.`);
    }
    keep();
  }

  // ---------------------------------------------------------------- asking

  /** The message being sent. @type {Sending | null} */
  let sending = null;
  /** The message that did not arrive. @type {Sending | null} */
  let failed = null;

  /** Sends what the reader typed. */
  function submit() {
    const text = input.value.trim();
    if (!text) return input.focus();
    if (!sending) {
      input.value = "";
      send({ text, shown: text, typed: true });
    }
  }

  /** Sends one message at a time: a second press meanwhile does nothing. @param {Sending} message */
  async function send(message) {
    if (sending) return;
    sending = message;
    unsent?.();
    complain("");
    busy(true);
    keep();
    const { context } = state;
    const begun = state;
    try {
      const reply = await call("v1/ask", { text: message.text, choice: message.choice, context, channel: "widget" });
      if (begun === state) received(message, reply);
    } catch (error) {
      if (begun === state) lost(message, error);
    }
    if (begun !== state) return; // a new conversation was begun meanwhile
    busy(false);
    keep();
  }

  /** @param {Sending} message @param {Reply} reply */
  function received(message, reply) {
    const turn = { asked: message.shown, reply };
    sending = null;
    state.context = reply.context;
    state.at = Date.now();
    state.turns.push(turn);
    const node = turnNode(turn);
    log.append(node);
    showNumber();
    toTop(node);
    if (!message.typed) rest(); // the pressed button may be gone
    if (!state.about) learn();
  }

  /** Nothing typed is lost: the text goes back into the field, before what was typed since. @param {Sending} message @param {unknown} error */
  function lost(message, error) {
    sending = null;
    failed = message;
    input.value = [message.typed && message.text, input.value].filter(Boolean).join("\n");
    const known = error instanceof Trouble ? error.message : "Something went wrong here.";
    complain(`${known} ${message.typed ? "Your text is still here." : ""}`.trim());
  }

  /** Typed text is sent as it stands now, since it may have been corrected; a choice is sent again as it was. */
  function again() {
    const message = failed;
    rest();
    if (!message || message.typed) submit();
    else send(message);
  }

  // ---------------------------------------------------------------- the panel

  const host = h("div", { lang: "en", dir: "ltr", "data-scheme": config.scheme, "data-side": config.side });
  const root = host.attachShadow({ mode: "open" });
  const target = config.target ? document.querySelector(config.target) : null;

  const launcher = button(config.label, "launcher", () => open(), { "aria-haspopup": "dialog", "aria-expanded": "false" });
  const heading = h("h2", { id: "title", tabindex: "-1" }, config.title || "Chat");
  const notice = h("p", { class: "notice" });
  const details = h("div", { id: "details", class: "details", hidden: true });
  const number = h("code", {}, "none yet");
  const opener = h("p", { class: "opener" });
  const log = h("div", { class: "log", role: "log", "aria-label": "Conversation", tabindex: "0" }, opener);
  const status = h("p", { class: "status", role: "status" });
  const complaint = h("p", { role: "alert" });
  const trouble = h("div", { class: "trouble", hidden: true }, complaint, button("Try again", "tool", again));
  const input = h("textarea", { id: "input", rows: 2, maxlength: LONGEST, autocomplete: "off", enterkeyhint: "send", keydown: onKey, input: onInput });
  const sender = h("button", { type: "submit", class: "send" }, "Send");
  const aboutButton = button("About", "plain", toggleDetails, { "aria-expanded": "false", "aria-controls": "details" });
  const panel = h(target ? "section" : "dialog", { class: "panel", "aria-labelledby": "title", keydown: onEscape, cancel: onCancel },
    h("header", {}, heading, aboutButton, button("New", "plain", renew, { "aria-label": "New conversation" }),
      !target && button("✕", "plain close", () => close(), { "aria-label": "Close" })),
    notice, details, log, status, trouble,
    h("form", { submit: (/** @type {Event} */ event) => { event.preventDefault(); submit(); } },
      h("div", { class: "line" }, h("label", { for: "input" }, "Your question"),
        button("Talk to a person", "plain person", () => send({ text: "I want to talk to a person", shown: "I want to talk to a person" }))),
      h("div", { class: "line" }, input, sender)));

  /** @param {string} text */
  function say(text) {
    status.textContent = text;
  }

  /** @param {string} text an empty text takes the complaint away */
  function complain(text) {
    if (!text) failed = null;
    trouble.hidden = !text;
    complaint.textContent = text;
  }

  let waiting = 0;
  /** @param {boolean} yes */
  function busy(yes) {
    clearTimeout(waiting);
    say("");
    if (yes) waiting = setTimeout(() => say("Looking for an answer…"), 400); // most answers arrive sooner and need no notice
    panel.toggleAttribute("data-busy", yes);
    sender.setAttribute("aria-disabled", String(yes));
  }

  /** @param {KeyboardEvent} event */
  function onKey(event) {
    const composing = event.isComposing || event.keyCode === 229; // Safari ends a composition before it reports the key
    if (event.key !== "Enter" || event.shiftKey || composing) return;
    event.preventDefault();
    if (!event.repeat) submit();
  }

  function onInput() {
    state.at = Date.now();
    if (input.value.length >= LONGEST) say(`That is the longest text that can be sent: ${LONGEST} characters.`);
    keep();
  }

  /** @param {KeyboardEvent} event */
  function onEscape(event) {
    if (event.key !== "Escape" || event.isComposing || target) return;
    event.preventDefault();
    event.stopPropagation();
    close();
  }

  /** The back gesture of a phone cancels a modal dialog without a key. @param {Event} event */
  function onCancel(event) {
    event.preventDefault();
    close();
  }

  const narrow = matchMedia(FULL_SCREEN);

  /** On a small screen the panel covers the page, which must not take the focus; on a large one both stay usable. */
  function show() {
    const before = /** @type {HTMLElement | null} */ (root.activeElement);
    if (panel.open) panel.close();
    if (narrow.matches) panel.showModal();
    else panel.show();
    /** @type {HTMLElement | null} */ (root.activeElement)?.blur(); // a dialog takes the focus by itself
    before?.focus();
  }

  /** Where the focus goes when nothing else has it: on a phone not into the field, whose keyboard would cover half of the answer. */
  function rest() {
    (narrow.matches && !target ? log : input).focus({ preventScroll: true });
  }

  function open() {
    if (!target && !panel.open) unfold();
    if (narrow.matches && !target) heading.focus();
    else input.focus();
  }

  function unfold() {
    show();
    launcher.hidden = true;
    launcher.setAttribute("aria-expanded", "true");
    state.open = true;
    log.scrollTop = log.scrollHeight;
    learn();
    keep();
  }

  function close() {
    if (target || !panel.open) return;
    panel.close();
    launcher.hidden = false;
    launcher.setAttribute("aria-expanded", "false");
    launcher.focus();
    state.open = false;
    keep();
  }

  function renew() {
    const { open: shown, about } = state;
    state = { ...fresh(), open: shown, about };
    sending = null;
    unsent?.();
    busy(false);
    complain("");
    input.value = "";
    log.replaceChildren(opener);
    showNumber();
    say("This is a new conversation.");
    keep();
    rest();
  }

  function toggleDetails() {
    details.hidden = !details.hidden;
    aboutButton.setAttribute("aria-expanded", String(!details.hidden));
  }

  function showNumber() {
    number.textContent = state.context?.conversation ?? "none yet";
  }

  /** Scrolls the question to the upper edge, so that the answer is read from its beginning. @param {HTMLElement} node */
  function toTop(node) {
    const box = log.scrollHeight > log.clientHeight ? log : panel;
    box.scrollTop += node.getBoundingClientRect().top - box.getBoundingClientRect().top - 8;
  }

  // ---------------------------------------------------------------- what the service says of itself

  async function learn() {
    try {
      state.about ??= await call("v1/about");
    } catch {
      return; // asking will show what is wrong, and an answer makes us try again
    }
    introduce();
    keep();
  }

  function introduce() {
    const { about } = state;
    if (!about) return;
    heading.textContent = config.title || about.title;
    notice.textContent = about.notice ?? "";
    opener.textContent = about.banner ?? "";
    details.replaceChildren(
      h("p", {}, `This tab keeps the conversation and what you type, until you press New or ${KEPT_MINUTES} minutes after you last wrote.`),
      h("p", {}, "Whoever runs this service may keep questions for a limited time, without personal data as far as a program can tell."),
      h("p", {}, "Number of this conversation, to have it sent to you or erased: ", number),
      h("p", {}, `${about.entries} entries, knowledge base ${about.kb}. `,
        h("a", { href: service.href, target: "_blank", rel: "noopener noreferrer" }, "All topics", h("span", { class: "unseen" }, " (opens a new tab)"))));
  }

  // ---------------------------------------------------------------- looks

  const LIGHT = `
    --accent: var(--factotum-accent, #0a5aa8); --on-accent: var(--factotum-on-accent, #fff);
    --back: var(--factotum-background, #fff); --text: var(--factotum-text, #1b1f24);
    --soft: #f1f4f8; --line: #c3cad3; --edge: #767f8a; --muted: #505a66;
    --bad: #a3181f; --bad-back: #fdf0f0; --good: #176b3a; --warn-back: #fff6dd; color-scheme: light;`;
  const DARK = `
    --accent: var(--factotum-accent, #8fc0ff); --on-accent: var(--factotum-on-accent, #0b1a2b);
    --back: var(--factotum-background, #181b20); --text: var(--factotum-text, #e9ecf0);
    --soft: #262b32; --line: #47505b; --edge: #8d97a3; --muted: #b3bcc7;
    --bad: #ffaaa8; --bad-back: #3a2023; --good: #86d8a4; --warn-back: #3a3218; color-scheme: dark;`;
  // Sizes are in em from the reader's own font size: rem would be the page's.
  const STYLE = `
    :host { all: initial; ${LIGHT} font: medium/1.5 var(--factotum-font, system-ui, sans-serif); color: var(--text); }
    @media (prefers-color-scheme: dark) { :host(:not([data-scheme="light"])) { ${DARK} } }
    :host([data-scheme="dark"]) { ${DARK} }
    @media print { :host { display: none; } }
    * { box-sizing: border-box; }
    [hidden] { display: none !important; }
    h2, h3, p, ul, ol { margin: 0; padding: 0; font-size: 1em; }
    ul { list-style: none; }
    button, textarea { font: inherit; color: inherit; }
    button { min-height: 44px; padding: .4em .8em; border: 1px solid var(--edge); border-radius: .6em; background: var(--back); cursor: pointer; }
    button:hover { background: var(--soft); }
    :focus-visible { outline: 3px solid var(--accent); outline-offset: 2px; }
    a { color: var(--accent); overflow-wrap: anywhere; }
    .unseen { position: absolute; width: 1px; height: 1px; overflow: hidden; clip-path: inset(50%); white-space: nowrap; }

    .launcher, .panel { position: fixed; z-index: var(--factotum-z, 2147483000); inset: auto;
      bottom: max(16px, env(safe-area-inset-bottom)); right: max(16px, env(safe-area-inset-right)); }
    :host([data-side="left"]) :is(.launcher, .panel) { right: auto; left: max(16px, env(safe-area-inset-left)); }
    .launcher { min-height: 52px; padding: .5em 1.3em; border: 2px solid var(--on-accent); border-radius: 2em; background: var(--accent);
      color: var(--on-accent); font-weight: 600; box-shadow: 0 2px 10px #0005; }
    .launcher:hover { background: var(--accent); text-decoration: underline; }
    .panel { margin: 0; padding: 0; flex-direction: column; width: min(var(--factotum-width, 26em), calc(100vw - 32px));
      height: min(var(--factotum-height, 42em), calc(100vh - 32px)); height: min(var(--factotum-height, 42em), calc(100dvh - 32px));
      max-width: none; max-height: none; overflow: hidden; border: 1px solid var(--edge); border-radius: var(--factotum-radius, .9em);
      background: var(--back); color: var(--text); box-shadow: 0 6px 30px #0005; }
    .panel[open], section.panel { display: flex; }
    section.panel { position: relative; inset: auto; width: 100%; height: var(--factotum-height, 36em); box-shadow: none; z-index: auto; }
    .panel::backdrop { background: none; }

    header { display: flex; flex-wrap: wrap; align-items: center; gap: 0 .1em; padding: .25em .4em .25em 1em; border-bottom: 1px solid var(--line); }
    h2 { flex: 1; font-size: 1.1em; overflow-wrap: anywhere; }
    .plain { border-color: transparent; background: none; padding: .4em .6em; color: var(--accent); min-width: 44px; }
    .close { color: inherit; }
    .notice, .details { padding: .4em 1.1em; font-size: .9em; }
    .notice { background: var(--warn-back); font-weight: 600; }
    .notice:empty { display: none; }
    .details { background: var(--soft); border-bottom: 1px solid var(--line); max-height: 40%; overflow: auto; flex-shrink: 0; }
    .details p + p { margin-top: .4em; }
    code { overflow-wrap: anywhere; }
    .log { flex: 1; min-height: 0; overflow: auto; overscroll-behavior: contain; padding: 1em; scroll-behavior: smooth; }
    .log:focus-visible { outline-offset: -3px; }
    .opener { color: var(--muted); }
    .opener:empty { display: none; }
    .turn { margin-top: 1.2em; }
    .asked { width: fit-content; max-width: 88%; margin-left: auto; padding: .5em .8em; border: 1px solid var(--accent); border-radius: 1em 1em .2em 1em;
      background: var(--accent); color: var(--on-accent); white-space: pre-wrap; overflow-wrap: anywhere; }
    .reply { margin-top: .7em; overflow-wrap: anywhere; }
    .reply > * + * { margin-top: .7em; }
    .urgent { padding: .8em; border: 3px solid var(--bad); border-radius: .6em; font-weight: 600; }
    .note, .dated, .gap, small { color: var(--muted); font-size: .9em; }
    .fact, .warning, .why { padding-left: .8em; border-left: 4px solid var(--good); }
    .warning { padding: .6em .8em; border-color: var(--bad); background: var(--bad-back); }
    .why { border-color: var(--line); }
    .badge { display: flex; width: fit-content; gap: .4em; margin-bottom: .4em; padding: .05em .6em; border: 2px solid var(--bad); border-radius: 1em; color: var(--bad);
      font-size: .85em; text-transform: uppercase; letter-spacing: .03em; }
    .caveat { padding: .5em .8em; border: 1px dashed var(--edge); border-radius: .4em; background: var(--warn-back); }
    .heading { font-weight: 600; padding-top: .4em; }
    .over { font-size: .9em; font-weight: 600; }
    .over + ul { margin-top: .2em; }
    .steps, .items { padding-left: 1.6em; }
    .steps { list-style: decimal; }
    .items { list-style: disc; }
    .steps li + li, .items li + li, .more p + p { margin-top: .4em; }
    .sources a { display: inline-block; padding: .1em 0; }
    .sources li { padding: .25em 0; border-top: 1px solid var(--line); font-size: .95em; }
    small { display: block; font-size: .87em; }
    summary { min-height: 32px; padding: .3em 0; color: var(--accent); cursor: pointer; font-size: .95em; }
    .choices li + li { margin-top: .4em; }
    .choice { width: 100%; text-align: start; color: var(--accent); border-color: var(--accent); }
    .choices + .none { margin-top: .4em; }
    .none { color: inherit; border-color: var(--edge); }
    .turn:not(:last-child) .none { display: none; }
    .tools { display: flex; flex-wrap: wrap; align-items: center; gap: .4em 1em; margin-top: .8em; font-size: .9em; }
    .judge { display: flex; flex-wrap: wrap; align-items: center; gap: .4em; }
    .copy { min-width: 0; }
    .judge:has(label) { flex: 1 0 100%; }
    .why-not { flex: 1 0 100%; }
    .why-not textarea { margin-top: .3em; outline-offset: 0; }
    .tool { min-width: 44px; }
    textarea { display: block; width: 100%; padding: .5em .6em; border: 1px solid var(--edge); border-radius: .5em; background: var(--back);
      font-size: max(16px, 1em); resize: none; }
    .status { padding: 0 1em; font-size: .9em; color: var(--muted); }
    .status:not(:empty) { padding: .3em 1em; }
    .trouble { display: flex; flex-wrap: wrap; align-items: center; gap: .5em; margin: .3em 1em; padding: .5em .8em; border: 2px solid var(--bad); border-radius: .5em; }
    .trouble p { flex: 1 1 12em; }
    form { padding: .2em 1em max(.8em, env(safe-area-inset-bottom)); border-top: 1px solid var(--line); }
    form label { flex: 1; font-size: .9em; font-weight: 600; }
    .line { display: flex; gap: .5em; align-items: center; }
    .line:last-child { align-items: end; }
    #input { flex: 1; min-width: 0; field-sizing: content; min-height: 3.6em; max-height: 9em; outline-offset: 0; }
    .send { border-color: var(--accent); background: var(--accent); color: var(--on-accent); font-weight: 600; }
    .send:hover { background: var(--accent); text-decoration: underline; }
    .send[aria-disabled="true"] { opacity: .6; cursor: progress; }
    .person { padding-right: 0; font-size: .9em; min-height: 36px; }

    @media ${FULL_SCREEN} {
      dialog.panel, :host([data-side="left"]) dialog.panel { inset: 0; width: 100%; height: 100%; height: var(--seen, 100dvh); border: 0; border-radius: 0;
        padding: env(safe-area-inset-top) env(safe-area-inset-right) 0 env(safe-area-inset-left); }
    }
    @media (max-height: 420px) { .panel { overflow: auto; } .log { flex: none; overflow: visible; } .details { max-height: none; } }
    @media (prefers-reduced-motion: reduce) { .log { scroll-behavior: auto; } }
    @media (forced-colors: active) { .launcher, .send { border: 2px solid ButtonText; } .asked, .reply.urgent { border: 1px solid CanvasText; } }`;

  function dress() {
    try {
      const sheet = new CSSStyleSheet();
      sheet.replaceSync(STYLE);
      root.adoptedStyleSheets = [sheet];
    } catch {
      root.append(h("style", {}, STYLE)); // browsers before 2023; a strict policy of the page then leaves it bare, yet in use
    }
  }

  // ---------------------------------------------------------------- start

  /** The keyboard of a phone covers the page without making it smaller; the panel keeps to what is seen. */
  function fit() {
    const { height, scale } = /** @type {VisualViewport} */ (window.visualViewport);
    panel.style.setProperty("--seen", `${height * scale}px`); // by the scale, or else to zoom in would shrink the panel
  }

  /** @param {string} text what to ask, as if it had been typed */
  function ask(text) {
    open();
    const typed = String(text).slice(0, LONGEST).replace(/[\ud800-\udbff]$/, ""); // no half of a character
    send({ text: typed, shown: typed, typed: true });
  }

  function start() {
    dress();
    root.append(...(target ? [panel] : [launcher, panel]));
    (target ?? document.body).append(host);
    log.append(...state.turns.map(turnNode));
    input.value = state.draft;
    introduce();
    showNumber();
    narrow.addEventListener("change", () => panel.open && show());
    window.visualViewport?.addEventListener("resize", fit);
    window.addEventListener("pagehide", () => { unsent?.(); keep(); });
    if (target) learn();
    else if (begins()) unfold();
  }

  /** Whether the panel is there from the start: on a small screen never, for it would cover the page that the reader went to. */
  function begins() {
    return !narrow.matches && (state.open || ["", "yes", "true"].includes(config.open));
  }

  Object.defineProperty(window, "factotum", { value: Object.freeze({ open, close, ask }) });
  start();
})();
