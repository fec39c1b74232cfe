// What is kept: the conversation (`talk`) in this tab or, where the page sets it, in this browser; the rest (`view`) in this tab.

const KEY = `factotum ${service.href}`;
const newTalk = () => ({ id: String(Math.random()), begun: Date.now(), at: Date.now(), context: null, /** @type {Turn[]} */ turns: [] });
const newView = () => ({ open: false, draft: "", unread: 0, /** @type {any} */ about: null });
let talk = newTalk();
let view = newView();

/** Where conversations are kept; storage may be forbidden, which throws. */
const shelf = () => (config.keep === "browser" ? localStorage : sessionStorage);

/** @param {() => Storage} where @param {string} key @returns {any} what is kept there, null if nothing can be read */
function read(where, key) {
  try {
    return JSON.parse(where().getItem(key) ?? "null");
  } catch {
    return null;
  }
}

/** @param {() => Storage} where @param {string} key @param {Object} value */
function write(where, key, value) {
  try {
    where().setItem(key, JSON.stringify(value));
  } catch { /* full or forbidden: the conversation lasts as long as the page */ }
}

/** The conversation that is kept if it is complete and not too old. */
function keptTalk() {
  const found = read(shelf, KEY);
  const whole = Array.isArray(found?.turns) && found.turns.every((/** @type {Turn} */ turn) => Array.isArray(turn.reply?.blocks));
  const minutes = KEPT_MINUTES[config.keep === "browser" ? "browser" : "tab"];
  return whole && Date.now() - found.at < minutes * 60000 ? found : null;
}

function restore() {
  const found = read(() => sessionStorage, `${KEY} view`);
  talk = keptTalk() ?? newTalk();
  view = Date.now() - found?.at < KEPT_MINUTES.tab * 60000 ? { ...newView(), ...found } : newView();
}

/** Keeps all. What another tab, or a page that was gone back from, has added meanwhile stays. */
function keep() {
  catchUp();
  write(shelf, KEY, { ...talk, turns: talk.turns.slice(-KEPT_TURNS) });
  const draft = [sending?.typed && sending.text, ui?.input.value].filter(Boolean).join("\n"); // what is being sent may come back
  write(() => sessionStorage, `${KEY} view`, { ...view, draft, at: talk.at });
}

/** One conversation of two copies of it: all turns in their order. Of two conversations the one that was begun later.
 * @param {typeof talk} theirs @param {typeof talk} mine */
function merged(theirs, mine) {
  if (theirs.id !== mine.id) return mine.turns.length > 0 && mine.begun > theirs.begun ? mine : theirs;
  const turns = new Map(theirs.turns.map((turn) => [turn.reply.reply_id, turn]));
  for (const turn of mine.turns) {
    turn.judged ||= turns.get(turn.reply.reply_id)?.judged;
    turns.set(turn.reply.reply_id, turn);
  }
  const { context } = mine.at >= theirs.at ? mine : theirs;
  const inOrder = [...turns.values()].sort((one, other) => one.at - other.at);
  return { ...mine, at: Math.max(mine.at, theirs.at), context, turns: inOrder };
}

/** Takes in what came elsewhere: in another tab, or on a page that the reader has gone back from. */
function catchUp() {
  const found = keptTalk();
  const before = talk;
  if (found) talk = merged(found, talk);
  if (!ui || (before.id === talk.id && before.turns.length === talk.turns.length)) return;
  if (!ui.panel.open && !config.target) view.unread = talk.turns.length > before.turns.length ? 1 : 0;
  refill();
}

/** The conversation as plain text. */
function transcript() {
  const number = talk.context?.conversation ?? "";
  const turns = talk.turns.map(({ asked, reply }) => `${t("you")} ${asked}\n\n${reply.text}`);
  return [`${ui.heading.textContent}, ${new Date(talk.at).toLocaleString(language)} ${number}`.trim(), ...turns, ""].join("\n\n");
}

function download() {
  const address = URL.createObjectURL(new Blob([transcript()], { type: "text/plain" }));
  h("a", { href: address, download: `${t("conversation")}.txt` }).click();
  setTimeout(() => URL.revokeObjectURL(address), 60000);
}
