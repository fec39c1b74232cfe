// Asking: one message at a time, and nothing typed is lost.

/** The message being sent. @type {Sending | null} */
let sending = null;
/** The message that did not arrive. @type {Sending | null} */
let failed = null;

/** Sends what the reader typed. */
function submit() {
  const text = ui.input.value.trim();
  if (!text) return ui.input.focus();
  if (!sending) {
    fill("");
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
  const { id, context } = talk;
  const here = () => id === talk.id && ui; // no new conversation was begun meanwhile, and the chat is still there
  try {
    const { text, choice, intent } = message;
    const page = `${location.origin}${location.pathname}`.slice(0, 2000); // what follows may be about the reader
    const { value, headers } = await call("v1/ask", { text, choice, intent, context, channel: "widget", page });
    if (here()) received(message, value, headers.get("Factotum-Context") === "refused");
  } catch (error) {
    if (here()) lost(message, error);
  }
  if (!here()) return;
  busy(false);
  keep();
}

/** @param {Sending} message @param {Reply} reply @param {boolean} alone */
function received(message, reply, alone) {
  const turn = { asked: message.shown, reply, at: Date.now(), alone };
  sending = null;
  talk.context = reply.context;
  talk.at = turn.at;
  talk.turns.push(turn);
  tell("reply", { asked: turn.asked, reply });
  turn.taken = reply.status === "handoff" && !tell("handoff", { asked: turn.asked, reply });
  if (!ui) return; // the page has taken the chat away
  const node = turnNode(turn);
  ui.starts.hidden = true;
  ui.log.append(node);
  showNumber();
  notice(turn);
  toTop(node);
  if (!message.typed && ui?.panel.open) rest(); // the pressed button may be gone
  if (!view.about) learn();
}

/** The page takes over, or, to a reader who has closed the panel, a dot on its button. @param {Turn} turn */
function notice(turn) {
  if (turn.taken) close();
  else if (!config.target && !ui.panel.open) {
    view.unread += 1;
    showUnread();
  }
}

/** Nothing typed is lost: the text goes back into the field, before what was typed since. @param {Sending} message @param {unknown} error */
function lost(message, error) {
  sending = null;
  fill([message.typed && message.text, ui.input.value].filter(Boolean).join("\n"));
  const known = error instanceof Trouble ? error.message : t("wrong");
  complain(`${known} ${message.typed ? t("kept") : ""}`.trim(), error instanceof Trouble && error.lasting);
  failed = message;
}

/** Typed text is sent as it stands now, since it may have been corrected; a choice is sent again as it was. */
function again() {
  const message = failed;
  rest();
  if (!message || message.typed) submit();
  else send(message);
}
