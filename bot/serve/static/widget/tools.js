// Under a reply: to copy it, and to judge it.

/** @param {Turn} turn @returns {Node[]} */
function turnTools(turn) {
  const { status } = turn.reply;
  return [
    ["answer", "none"].includes(status) && judge(turn),
    status === "answer" && copier(t("copy"), () => turn.reply.text),
  ].filter(Boolean);
}

/** @param {string} label @param {() => string} text */
function copier(label, text) {
  const place = h("div", { class: "copy" }, button(label, "tool", async () => {
    const done = await copied(text(), place);
    if (done) say(t("copied"));
    else place.append(byHand(text()));
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
    const before = /** @type {HTMLElement | null} */ (ui.root.activeElement);
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
  const area = h("textarea", { readonly: true, rows: 5, "aria-label": t("toCopy") });
  area.value = text;
  say(t("byHand"));
  return area;
}

/** Feedback that began with "No" and is not yet sent. @type {(() => void) | null} */
let unsent = null;

/** @param {Turn} turn */
function judge(turn) {
  const place = h("div", { class: "judge", role: "group", "aria-label": t("feedback") });
  if (turn.judged) place.append(t("thanks"));
  else {
    place.append(t("helpful"),
      button(t("yes"), "tool", () => judged(turn, place, true, null)),
      button(t("no"), "tool", () => askWhy(turn, place)));
  }
  return place;
}

/** "No" counts without a comment too, so it is sent when the reader moves on. @param {Turn} turn @param {HTMLElement} place */
function askWhy(turn, place) {
  const comment = h("textarea", { rows: 2, maxlength: 1000, dir: "auto" });
  const label = h("label", { class: "why-not" }, t("why"), comment);
  place.replaceChildren(label, button(t("send"), "tool", () => judged(turn, place, false, comment.value.trim() || null)));
  unsent = () => judged(turn, place, false, null);
  comment.focus();
  place.scrollIntoView({ block: "nearest" });
}

/** @param {Turn} turn @param {HTMLElement} place @param {boolean} helpful @param {string | null} comment */
async function judged(turn, place, helpful, comment) {
  if (turn.judged) return;
  const inside = place.contains(ui.root.activeElement);
  const judgement = { reply_id: turn.reply.reply_id, helpful, comment };
  turn.judged = true;
  unsent = null;
  try {
    await call("v1/feedback", judgement, { keepalive: true });
    place.replaceChildren(t("thanks"));
    whisper(t("thanks"));
    tell("feedback", judgement);
  } catch (error) {
    notJudged(turn, place, /** @type {Trouble} */ (error));
  }
  if (inside && turn.judged) rest(); // the button that had the focus is gone
  keep();
}

/** @param {Turn} turn @param {HTMLElement} place @param {Trouble} trouble */
function notJudged(turn, place, { status, message }) {
  turn.judged = status === 404; // the service that made the answer is gone, and no further try will be taken
  if (turn.judged) place.replaceChildren(t("tooLate"));
  else say(`${message} ${t("notSent")}`);
}
