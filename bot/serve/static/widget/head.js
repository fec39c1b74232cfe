/*
 * The chat widget of Factotum: one script tag on any page, no build step, no dependency.
 *
 *   <script src="https://desk.example/widget.js" data-side="left"></script>
 *
 * It may stand anywhere, with or without async, defer or type="module". The service is where the script comes from. What may be set on the
 * tag (see DEFAULTS):
 *   data-title    name over the panel; the service's own if left out
 *   data-label    text on the button that opens the panel
 *   data-open     "yes": the panel is open from the start
 *   data-side     "left" or "right"; if left out, where lines of the page's language end
 *   data-target   CSS selector of an element of the page to put the chat into; then there is no button and no panel. The element may come
 *                 and go: the chat is there whenever it is
 *   data-scheme   "light", "dark", or "auto": as the reader's system is set, unless the page sets colours that fit the other one alone
 *   data-lang     language of buttons and notes, such as "fr"; if left out, that of the page
 *   data-topic    a topic whose questions an empty chat offers first: what this page is about
 *   data-keep     "tab": the conversation lasts 30 minutes in its tab; "browser": seven days, in all tabs and visits of this browser
 *   data-timeout  seconds to wait for an answer
 *   data-mount    "no": nothing is shown until a script of the page calls factotum.mount()
 *
 * CSS variables that the page may set, on :root or body. Colours that could not be read on each other are moved until they can be:
 *   --factotum-accent      buttons, links, what the reader wrote     --factotum-on-accent   text on that colour
 *   --factotum-background  the panel                                 --factotum-text        text on it
 *   --factotum-font        font family                               --factotum-radius      corners of the panel
 *   --factotum-width, --factotum-height   size of the panel          --factotum-z           z-index
 *
 * For scripts of the page, window.factotum, or the same as a module: import { mount } from "https://desk.example/widget.mjs"
 *   mount({ title, topic, lang, … })   shows the chat, or changes what was set; names as above, without data-
 *   destroy()                          takes it away with all that it listens to; mount() brings it back
 *   open(), close(), ask("text")
 * Each of them may be called at any time; what comes too early is done once the chat is there.
 *
 * Events on document, each with its values in `detail`:
 *   factotum:ready     {version}                   the chat is there
 *   factotum:open      {}                          factotum:close     {}
 *   factotum:reply     {asked, reply}              a reply has come; `reply` is the service's
 *   factotum:handoff   {asked, reply}              a person is wanted; preventDefault() and the page takes over: the chat closes
 *   factotum:feedback  {reply_id, helpful, comment}
 *
 * A page with a Content-Security-Policy needs the service's origin in script-src and connect-src, and nothing else: styles are
 * constructed, all text goes in as text, and no string ever becomes HTML or code (so require-trusted-types-for 'script' holds too).
 *
 * The service joins this from static/widget/: the parts in the order of bot/serve/files.py, the style, and the texts of static/strings/.
 */
