// Elements: what is text stays text.

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

/** @param {string | Node} content @param {string} kind @param {() => void} click @param {Object<string, any>} [further] */
const button = (content, kind, click, further = {}) => h("button", { type: "button", class: kind, click, ...further }, content);

/** @param {string} text read out, and not seen */
const unseen = (text) => h("span", { class: "unseen" }, text);

const ICONS = Object.freeze({
  about: "M12 11v6M12 7.2v.1M12 21a9 9 0 1 0 0-18 9 9 0 0 0 0 18",
  anew: "M12 5v14M5 12h14",
  close: "M6 6l12 12M18 6L6 18",
});

/** @param {"about" | "anew" | "close"} name */
function icon(name) {
  const [drawing, path] = ["svg", "path"].map((part) => document.createElementNS("http://www.w3.org/2000/svg", part));
  drawing.setAttribute("viewBox", "0 0 24 24");
  drawing.setAttribute("aria-hidden", "true");
  path.setAttribute("d", ICONS[name]);
  drawing.append(path);
  return drawing;
}

/** A button that is a picture with a name. @param {"about" | "anew" | "close"} name @param {string} label @param {() => void} click
 * @param {Object<string, any>} [further] */
const pictured = (name, label, click, further = {}) =>
  button(icon(name), `plain ${name}`, click, { "aria-label": label, title: label, ...further });

/** @param {URL} address @param {string} text */
function link(address, text) {
  if (!WEB.includes(address.protocol)) return h("a", { href: address.href }, text);
  return h("a", { href: address.href, target: "_blank", rel: "noopener noreferrer" }, text, unseen(` ${t("tab")}`));
}
