// What the service says of itself, and what an empty chat offers.

async function learn() {
  try {
    view.about ??= (await call("v1/about")).value;
  } catch (error) {
    if (ui && error instanceof Trouble && error.lasting) complain(error.message, true);
    return; // asking will show what is wrong, and an answer makes us try again
  }
  if (!ui) return;
  introduce();
  keep();
}

function introduce() {
  const { about } = view;
  if (!about) return;
  ui.heading.textContent = config.title || about.title;
  ui.notice.textContent = about.notice ?? "";
  ui.opener.replaceChildren(
    h("p", { lang: "en", dir: "auto" }, about.banner),
    ...(language === "en" ? [] : [h("p", {}, t("english"))]));
  ui.details.replaceChildren(
    h("p", {}, t(config.keep === "browser" ? "keptBrowser" : "keptTab", { n: KEPT_MINUTES.tab, days: KEPT_MINUTES.browser / 1440 })),
    h("p", {}, t("keptService")),
    h("p", {}, `${t("number")} `, ui.number),
    h("p", {}, `${t("base", { entries: about.entries, kb: about.kb })} `, link(service, t("allTopics"))),
    h("div", { class: "tools" }, copier(t("copyAll"), transcript), button(t("download"), "tool", download)));
  if (ui.starts.hasChildNodes()) return; // a topic may be open by now
  if (config.topic) offerTopic(config.topic);
  else offerStarts();
}

/** The questions that are asked most, and the topics. */
function offerStarts() {
  const { asked, examples, topics } = view.about;
  ui.starts.replaceChildren(
    over(examples.length > 0 ? "examples" : "asked"), offered([...asked, ...examples]),
    ...(topics.length > 1 ? [over("topics"), topicButtons(topics)] : []));
}

/** @param {string} name */
const over = (name) => h("h3", { class: "over", lang: language, dir: direction() }, t(name));

/** @param {{id: string, question: string}[]} entries */
const offered = (entries) => choices(entries.map(({ id, question }) => ({ text: question, ref: id })));

/** @param {{theme: string, entries: number}[]} topics */
function topicButtons(topics) {
  return h("ul", { class: "topics" }, ...topics.map(({ theme }) =>
    h("li", {}, button(theme, "tool topic", async () => {
      await offerTopic(theme);
      ui.starts.querySelector("button")?.focus();
    }))));
}

/** The questions of one topic; all topics if there is no such one, or no connection. @param {string} theme */
async function offerTopic(theme) {
  const found = await call(`v1/entries?theme=${encodeURIComponent(theme)}`).catch(() => null);
  if (!ui) return;
  if (!found?.value.entries.length) return offerStarts();
  ui.starts.replaceChildren(
    button(t("back"), "plain", () => { offerStarts(); rest(); }, { lang: language, dir: direction() }),
    h("h3", { class: "over" }, theme), offered(found.value.entries));
}
