// The widget's own words. Answers, notice and banner are the service's, which are English.

const TO_THE_LEFT = Object.freeze(["ar", "fa", "he", "ur"]);
let language = "en";
let words = ENGLISH;
const unheard = new Set(); // languages whose words could not be had

/** A text of the widget with its values. @param {string} name @param {Object<string, any>} [values] @returns {string} */
const t = (name, values = {}) => (words[name] ?? ENGLISH[name]).replace(/\{(\w+)\}/g, (_, key) => String(values[key]));

const direction = () => (TO_THE_LEFT.includes(language) ? "rtl" : "ltr");

/** The language that is set, else the page's, if there are words for it; else English. */
function wantedLanguage() {
  const wanted = (config.lang || document.documentElement.lang || "en").toLowerCase().split(/[-_]/)[0];
  return LANGUAGES.includes(wanted) && !unheard.has(wanted) ? wanted : "en";
}

/** Takes up the words of a language, or English if there is no connection. @param {string} wanted */
async function speak(wanted) {
  if (wanted === language) return;
  try {
    words = wanted === "en" ? ENGLISH : await (await fetch(new URL(`strings/${wanted}.json`, service), { credentials: "omit" })).json();
    language = wanted;
  } catch {
    unheard.add(wanted);
    [words, language] = [ENGLISH, "en"];
  }
}
