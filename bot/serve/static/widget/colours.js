// Colours: what the page sets, moved until it can be read (WCAG 2.2, 1.4.3 and 1.4.11), and all others made from it.

/** @typedef {readonly number[]} Colour   red, green and blue, 0 to 1 */

const TEXT = 4.55; // 4.5 to 1, and what rounding takes away
const EDGE = 3.05;
const WHITE = Object.freeze([1, 1, 1]);
const BLACK = Object.freeze([0, 0, 0]);
const VARIABLES = Object.freeze(["accent", "on-accent", "background", "text", "font", "radius", "width", "height", "z"]);
const LIGHT = Object.freeze({ accent: "#0a5aa8", onAccent: "#fff", back: "#fff", text: "#1b1f24", bad: "#a3181f", good: "#176b3a", warn: "#f0b400" });
const DARK = Object.freeze({ accent: "#8fc0ff", onAccent: "#0b1a2b", back: "#181b20", text: "#e9ecf0", bad: "#ffaaa8", good: "#86d8a4", warn: "#e0b040" });

/** Relative luminance, as WCAG 2.2 defines it. @param {Colour} colour */
function luminance(colour) {
  const [red, green, blue] = colour.map((part) => (part <= 0.04045 ? part / 12.92 : ((part + 0.055) / 1.055) ** 2.4));
  return 0.2126 * red + 0.7152 * green + 0.0722 * blue;
}

/** @param {Colour} one @param {Colour} other @returns {number} 1 to 21 */
function contrast(one, other) {
  const [dark, light] = [luminance(one), luminance(other)].sort((a, b) => a - b);
  return (light + 0.05) / (dark + 0.05);
}

/** @param {Colour} one @param {Colour} other @param {number} share of the other, 0 to 1 @returns {Colour} */
const mixed = (one, other, share) => one.map((part, at) => part + (other[at] - part) * share);

/** @param {Colour} colour @param {Colour[]} grounds the least contrast to any of them */
const least = (colour, grounds) => Math.min(...grounds.map((ground) => contrast(colour, ground)));

/** The pole that is read better on all these grounds. @param {Colour[]} grounds */
const pole = (grounds) => (least(WHITE, grounds) >= least(BLACK, grounds) ? WHITE : BLACK);

/** The colour, as little moved towards black or white as it takes to be read. @param {Colour} colour @param {Colour[]} grounds
 * @param {number} enough */
function readable(colour, grounds, enough) {
  const end = pole(grounds);
  let share = 0;
  while (share < 1 && least(mixed(colour, end, share), grounds) < enough) share += 0.05;
  return mixed(colour, end, Math.min(share, 1));
}

/** What a CSS colour is in sRGB; null if it is none. A transparent one lies on white. @param {string} text @returns {Colour | null} */
function colourOf(text) {
  const { probe } = ui;
  probe.style.color = "";
  probe.style.color = text;
  if (!probe.style.color) return null;
  probe.style.color = `color-mix(in srgb, ${text}, ${text})`; // one form for all; a browser without it keeps the form before
  const shown = getComputedStyle(probe).color;
  const parts = (shown.match(/-?[\d.]+(?:e-?\d+)?/g) ?? []).map(Number);
  if (parts.length < 3) return null;
  const [red, green, blue] = shown.startsWith("rgb") ? parts.map((part) => part / 255) : parts;
  return mixed(WHITE, [red, green, blue].map((part) => Math.min(1, Math.max(0, part))), parts[3] ?? 1);
}

/** What the page sets: the value of each variable, empty where it sets none. */
function variables() {
  const style = getComputedStyle((config.target && ui.host.parentElement) || document.body || document.documentElement);
  return Object.fromEntries(VARIABLES.map((name) => [name, style.getPropertyValue(`--factotum-${name}`).trim()]));
}

/** The scheme whose colours stand beside those of the page: that which is set, that which fits the page's, or the system's.
 * @param {Colour | null} back @param {Colour | null} text */
function scheme(back, text) {
  if (["light", "dark"].includes(config.scheme)) return config.scheme === "dark" ? DARK : LIGHT;
  if (back) return luminance(back) < 0.18 ? DARK : LIGHT;
  if (text) return luminance(text) > 0.3 ? DARK : LIGHT;
  return dark.matches ? DARK : LIGHT;
}

/** All colours, from the variables of the page. @param {Object<string, string>} set @returns {Object<string, Colour>} */
function palette(set) {
  const [accentSet, onAccentSet, backSet, textSet] = VARIABLES.slice(0, 4).map((name) => (set[name] ? colourOf(set[name]) : null));
  const chosen = scheme(backSet, textSet);
  const base = Object.fromEntries(Object.entries(chosen).map(([name, text]) => [name, /** @type {Colour} */ (colourOf(text))]));
  const back = backSet ?? base.back;
  const ink = pole([back]);
  const tinted = (/** @type {Colour} */ colour, /** @type {number} */ share) => {
    const found = mixed(back, colour, share);
    return contrast(found, ink) >= TEXT ? found : mixed(back, mixed(WHITE, BLACK, ink[0]), share); // away from the ink
  };
  const [soft, badBack, warnBack] = [tinted(ink, 0.055), tinted(base.bad, 0.09), tinted(base.warn, 0.14)];
  const grounds = [back, soft, badBack, warnBack];
  const text = readable(textSet ?? base.text, grounds, TEXT);
  const accent = accentSet ?? (onAccentSet && contrast(onAccentSet, base.accent) < TEXT ? readable(base.accent, [onAccentSet], TEXT) : base.accent);
  return {
    accent, back, soft, text, "bad-back": badBack, "warn-back": warnBack,
    "on-accent": readable(onAccentSet ?? (contrast(base.onAccent, accent) >= TEXT ? base.onAccent : pole([accent])), [accent], 4.5),
    link: readable(accent, grounds, TEXT), muted: readable(mixed(text, back, 0.25), grounds, TEXT),
    edge: readable(mixed(text, back, 0.5), [back, soft], EDGE), line: mixed(text, back, 0.78),
    bad: readable(base.bad, grounds, TEXT), good: readable(base.good, [back, soft], EDGE),
  };
}

/** Puts the colours and sizes in force, as rules inside the widget: none of the page reaches them. */
function dress() {
  if (!ui?.host.isConnected) return;
  const set = variables();
  const colours = palette(set);
  const rules = Object.entries(colours).map(([name, colour]) => `--${name}: rgb(${colour.map((part) => Math.round(part * 255)).join(" ")})`);
  const sizes = VARIABLES.slice(4).map((name) => `--own-${name}: ${set[name].replace(/[;{}!]/g, " ") || "initial"}`);
  const kind = luminance(colours.back) < 0.18 ? "dark" : "light";
  const rule = `:host { ${[...rules, ...sizes, `color-scheme: ${kind}`].map((line) => `${line} !important`).join("; ")}; }`;
  if (rule === ui.rule) return;
  ui.rule = rule;
  try {
    ui.sheet.replaceSync(STYLE + rule);
  } catch {
    ui.style.textContent = STYLE + rule;
  }
}

/** An empty sheet of the widget's own; browsers before 2023 get an element, which a strict policy leaves bare, yet in use. */
function addSheet() {
  try {
    ui.sheet = new CSSStyleSheet();
    ui.root.adoptedStyleSheets = [ui.sheet];
  } catch {
    ui.style = h("style");
    ui.root.append(ui.style);
  }
}
