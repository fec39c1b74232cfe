// A reply, laid out.

/** @param {Turn} turn @returns {HTMLElement} */
function turnNode(turn) {
  const { reply } = turn;
  const tools = turnTools(turn);
  return h("div", { class: "turn" },
    h("p", { class: "asked" }, unseen(`${t("you")} `), h("bdi", {}, shortened(turn.asked))),
    turn.alone && h("p", { class: "note" }, t("alone")),
    turn.taken ? h("p", { class: "note" }, t("taken"))
      : h("div", { class: reply.reason === "danger" ? "reply urgent" : "reply", lang: "en", dir: "auto" }, ...laidOut(turn), noneOfThese(reply)),
    tools.length > 0 && h("div", { class: "tools", "aria-live": "off" }, ...tools));
}

/** @param {string} text */
const shortened = (text) => text.length > LONGEST_SHOWN ? `${text.slice(0, LONGEST_SHOWN)}…` : text;

/** All blocks in order; consecutive lines of a list become one list. @param {Turn} turn */
function laidOut({ reply, asked }) {
  const nodes = [];
  // The heading of a chosen entry repeats the question right above it, and that of the sources is on what they unfold from.
  const blocks = reply.blocks.filter((block, at) => block.role !== "heading" || (block.text !== asked && reply.blocks[at + 1]?.role !== "source"));
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
  if (role === "source") return [folded("origins", t("sources", { n: blocks.length }), h("ul", { class: "sources" }, ...blocks.map(sourceItem)))];
  if (role === "option" || role === "related") return [choices(blocks)];
  if (role === "more") return [folded("more", t("more"), ...blocks.map((block) => h("p", {}, ...linked(block))))];
  if (role === "step" || role === "item") {
    return [h(role === "step" ? "ol" : "ul", { class: `${role}s` }, ...blocks.map((block) => h("li", {}, ...linked(block))))];
  }
  return blocks.map((block) => paragraph(block, next));
}

/** @param {string} kind @param {string} label @param {...Node} children */
const folded = (kind, label, ...children) => h("details", { class: kind }, h("summary", { lang: language, dir: direction() }, label), ...children);

/** The words of a block, those that lead somewhere as links. @param {Block} block @returns {(Node | string)[]} */
function linked({ text, label, spans }) {
  if (!spans?.length) return [label ?? text];
  return spans.map((span) => {
    const address = addressOf(span.href, FOLLOWED);
    return address ? link(address, span.text) : span.text;
  });
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
  const word = verdict in GLYPHS ? t(verdict) : verdict;
  return h("strong", { class: `badge ${verdict}`, lang: language }, glyph, unseen(`${t("verdict")} `), word, unseen(". "));
}

/** The title is the link, what follows it is text; the host stands for the long address. @param {Block} block */
function sourceItem({ text, label, detail, ref }) {
  const address = addressOf(ref, WEB);
  if (!address) return h("li", {}, label ?? text, h("small", {}, detail));
  return h("li", {}, link(address, label ?? text), h("small", {}, `${detail ?? ""} ${address.host.replace(/^www\./, "")}`.trim()));
}

/** @param {{text: string, label?: string | null, ref: string | null}[]} blocks */
function choices(blocks) {
  return h("ul", { class: "choices" }, ...blocks.map(({ text, label, ref }) =>
    h("li", {}, button(text, "choice", () => send({ choice: ref ?? "", shown: label ?? text })))));
}

/** @param {Reply} reply */
const noneOfThese = (reply) => reply.options?.length > 0
  && button(t("none"), "choice none", () => send({ text: "none of these", shown: t("none") }), { lang: language, dir: direction() });
