// The button and the panel.

/** The elements, as long as the chat is there. @type {Object<string, any> | null} */
let ui = null;
const narrow = matchMedia(FULL_SCREEN);
const dark = matchMedia("(prefers-color-scheme: dark)");

/** All elements, empty. */
function build() {
  const host = h("div", { "data-factotum": true, lang: language, dir: direction(), "data-side": config.side || null, "data-inline": Boolean(config.target) });
  const made = { host, root: host.attachShadow({ mode: "open" }), probe: h("span", { hidden: true }) };
  const unread = h("span", { class: "unread", hidden: true });
  return {
    ...made, unread,
    launcher: h("button", { type: "button", class: "launcher", click: () => open(), "aria-haspopup": "dialog", "aria-expanded": "false" },
      config.label || t("ask"), unread),
    heading: h("h2", { id: "title", tabindex: "-1", dir: "auto" }, config.title || t("chat")),
    notice: h("p", { class: "notice", lang: "en", dir: "auto" }),
    details: h("div", { id: "details", class: "details", hidden: true }),
    number: h("code", {}, t("noNumber")),
    opener: h("div", { class: "opener" }),
    starts: h("div", { class: "starts", "aria-live": "off", lang: "en", dir: "auto" }),
    status: h("p", { class: "status", role: "status" }),
    aside: h("p", { class: "unseen", role: "status" }),
    complaint: h("p", { role: "alert" }),
    retry: button(t("again"), "tool", again),
    input: h("textarea", { id: "input", rows: 1, maxlength: LONGEST, autocomplete: "off", enterkeyhint: "send", dir: "auto",
      placeholder: t("question"), keydown: onKey, input: onInput }),
    sender: h("button", { type: "submit", class: "send" }, t("send")),
    about: pictured("about", t("about"), toggleDetails, { "aria-expanded": "false", "aria-controls": "details" }),
  };
}

/** Puts the elements together. */
function assemble() {
  const { heading, about, notice: told, details, opener, starts, status, aside, complaint, retry, input, sender } = ui;
  ui.log = h("div", { class: "log", role: "log", "aria-label": t("conversation"), tabindex: "0" }, opener, starts);
  ui.trouble = h("div", { class: "trouble", hidden: true }, complaint, retry);
  ui.panel = h(config.target ? "section" : "dialog", { class: "panel", "aria-labelledby": "title", keydown: onEscape, cancel: onCancel },
    h("header", {}, heading, about, pictured("anew", t("anew"), renew), !config.target && pictured("close", t("close"), () => close())),
    told, details, ui.log, status, aside, ui.trouble,
    h("form", { submit: (/** @type {Event} */ event) => { event.preventDefault(); submit(); } },
      h("div", { class: "line" }, h("label", { for: "input", class: "unseen" }, t("question")), input, sender),
      button(t("person"), "plain person", () => send({ intent: "person", shown: t("person") }))));
  ui.root.append(...(config.target ? [ui.panel] : [ui.launcher, ui.panel]), ui.probe);
}

/** @param {string} text shown and read out */
function say(text) {
  ui.status.textContent = text;
}

/** @param {string} text read out only: who looks sees it elsewhere */
function whisper(text) {
  ui.aside.textContent = text;
}

/** @param {string} text an empty text takes the complaint away @param {boolean} [lasting] trying again would not help */
function complain(text, lasting = false) {
  if (!text) failed = null;
  ui.trouble.hidden = !text;
  ui.retry.hidden = lasting;
  ui.complaint.textContent = text;
}

let waiting = 0;
/** @param {boolean} yes */
function busy(yes) {
  clearTimeout(waiting);
  say("");
  whisper("");
  if (yes) waiting = setTimeout(() => ui && say(t("looking")), 400); // most answers arrive sooner and need no notice
  ui.sender.setAttribute("aria-disabled", String(yes));
}

/** @param {KeyboardEvent} event */
function onKey(event) {
  const composing = event.isComposing || event.keyCode === 229; // Safari ends a composition before it reports the key
  if (event.key !== "Enter" || event.shiftKey || composing) return;
  event.preventDefault();
  if (!event.repeat) submit();
}

function onInput() {
  talk.at = Date.now();
  if (ui.input.value.length >= LONGEST) say(t("longest", { n: LONGEST }));
  grow();
  keep();
}

/** @param {string} text */
function fill(text) {
  ui.input.value = text;
  grow();
}

/** The field is as high as its text, where the browser does not see to that by itself. */
function grow() {
  if (CSS.supports("field-sizing", "content")) return;
  ui.input.style.height = "auto";
  ui.input.style.height = `${ui.input.scrollHeight + 2}px`;
}

/** @param {KeyboardEvent} event */
function onEscape(event) {
  if (event.key !== "Escape" || event.isComposing || config.target) return;
  event.preventDefault();
  event.stopPropagation();
  close();
}

/** The back gesture of a phone cancels a modal dialog without a key. @param {Event} event */
function onCancel(event) {
  event.preventDefault();
  close();
}

/** On a small screen the panel covers the page, which must not take the focus; on a large one both stay usable. */
function show() {
  const before = /** @type {HTMLElement | null} */ (ui.root.activeElement);
  if (ui.panel.open) ui.panel.close();
  if (narrow.matches) ui.panel.showModal();
  else ui.panel.show();
  /** @type {HTMLElement | null} */ (ui.root.activeElement)?.blur(); // a dialog takes the focus by itself
  before?.focus();
}

/** Where the focus goes when nothing else has it: on a phone not into the field, whose keyboard would cover half of the answer. */
function rest() {
  (narrow.matches && !config.target ? ui.log : ui.input).focus({ preventScroll: true });
}

function open() {
  if (!ui) return;
  if (!config.target && !ui.panel.open) unfold();
  if (narrow.matches && !config.target) ui.heading.focus();
  else ui.input.focus();
}

function unfold() {
  dress();
  show();
  ui.launcher.hidden = true;
  ui.launcher.setAttribute("aria-expanded", "true");
  Object.assign(view, { open: true, unread: 0 });
  showUnread();
  ui.log.scrollTop = ui.log.scrollHeight;
  learn();
  keep();
  tell("open");
}

function close() {
  if (!ui || config.target || !ui.panel.open) return;
  const inside = ui.root.activeElement; // a page that takes over may have put the focus elsewhere
  ui.panel.close();
  ui.launcher.hidden = false;
  ui.launcher.setAttribute("aria-expanded", "false");
  if (inside) ui.launcher.focus();
  view.open = false;
  keep();
  tell("close");
}

function renew() {
  talk = newTalk();
  sending = null;
  unsent?.();
  write(shelf, KEY, talk); // before anything is taken in from there
  busy(false);
  complain("");
  fill("");
  refill();
  whisper(t("begun"));
  keep();
  rest();
}

/** Shows the conversation as it is now. */
function refill() {
  ui.log.replaceChildren(ui.opener, ui.starts, ...talk.turns.map(turnNode));
  ui.starts.hidden = talk.turns.length > 0;
  showNumber();
  showUnread();
}

function toggleDetails() {
  ui.details.hidden = !ui.details.hidden;
  ui.about.setAttribute("aria-expanded", String(!ui.details.hidden));
}

function showNumber() {
  ui.number.textContent = talk.context?.conversation ?? t("noNumber");
}

function showUnread() {
  ui.unread.hidden = view.unread === 0;
  ui.unread.replaceChildren(...(view.unread > 0 ? [unseen(t("unread"))] : []));
}

/** Scrolls the question to the upper edge, so that the answer is read from its beginning. @param {HTMLElement} node */
function toTop(node) {
  const box = ui.log.scrollHeight > ui.log.clientHeight ? ui.log : ui.panel;
  box.scrollTop += node.getBoundingClientRect().top - box.getBoundingClientRect().top - 8;
}
