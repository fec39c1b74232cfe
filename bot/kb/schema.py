"""The format of a knowledge base, defined once: the reader, the JSON Schema and the tables of intents/README.md all come from here."""

from collections.abc import Mapping

from bot.kb.forms import Choice, Date, Form, JsonSchema, Key, ListOf, MapOf, Maybe, Number, Record, Text
from bot.kinds import KINDS

GENERATED = "generated"

ID = Text(r"[a-z0-9]+(?:-[a-z0-9]+)*", "red-notice", "an id")
NAME = Text(r"[a-z][a-z_]*", "country", "a name")
CODE = Text(r"[a-z]{2}", "es", "an ISO 639-1 code")
URL = Text(r"https?://\S+", "https://example.org/page", "an address")
TEXT = Text()

VERDICTS = ("incorrect", "misleading", "unproven", "outdated")
SOURCE_KINDS = ("official", "reference", "ngo", "press", "commercial", "internal")
REASONS = (
    "no-words",
    "other-script",
    "too-short",
    "unknown-words",
    "other-subject",
    "out-of-scope",
    "below-threshold",
    "expired",
    "none-of-these",
    "other-language",
    "gibberish",
    "declined",
)
WORDINGS = (
    "banner", "help", "clarify", "nearest", "stale", "several", "read_as", "myth", "confirmed", "corrected", "unofficial",
    "asked", "gap", "hint", "second-miss", "third-miss", "not-meant", *REASONS,
)  # fmt: skip

DEFAULTS = ("danger", "human", "greetings", "bot", "outside", "languages")
"""The files of bot/defaults: what every base has unless it keeps only some of them."""

CHECKS = (
    "advertising", "commercial-alone", "cut-text", "dates-in-order", "expired", "few-alternates", "generic-alternate", "glued-lines",
    "ignored-file", "late-as-of", "misread-statement", "myth-first", "near-duplicates", "needs-source", "no-handoff", "no-help",
    "no-source", "old-source", "past-review", "raw-markup", "review-after-event", "stolen-alternate", "stop-word-twins", "two-dates",
    "undated-figure", "unused-source",
)  # fmt: skip
"""The rules of content (bot.lint) and the warnings of structure, whose levels a base may set."""

_CITATION = Record(
    "source",
    {
        "id": Key(ID, "an id of sources.yaml", required=True),
        "at": Key(TEXT, "where in the source; only where that text was read"),
    },
)
_EXCLUSION = Record(
    "not",
    {
        "say": Key(TEXT, "a message that looks alike", required=True),
        "see": Key(ID, "the entry that does answer it"),
    },
)

_COMMON = {
    "question": Key(TEXT, "the question in its plainest form; shown when we ask back", required=True),
    "alternates": Key(ListOf(TEXT), "other ways to ask, 8 to 25, different in words and form; {country} stands for any country"),
    "not": Key(ListOf(_EXCLUSION), "messages that must not be answered from here"),
}
_BELOW = {
    "points": Key(ListOf(TEXT), "lines of a list below the answer, in no order"),
    "steps": Key(ListOf(TEXT), "what to do, in order; numbered lines below the answer"),
    "more": Key(TEXT, "what else there is to say, shown on request"),
}
_DATED = {
    "sources": Key(ListOf(_CITATION), "what the answer rests on"),
    "as_of": Key(Date(), "the date of the newest fact in the answer"),
    "review_by": Key(Date(whole=True), "from the next day on the answer carries a caveat"),
    "expires": Key(Date(whole=True), "from the next day on the answer is not given"),
    "related": Key(ListOf(ID), "entries to read next"),
}

FAQ = Record(
    "FAQ entry",
    {
        "id": Key(ID, "the file's name without .yaml", required=True),
        "topic": Key(ID, "the more general entry it belongs to"),
        **_COMMON,
        "answer": Key(TEXT, "the answer; its first sentence answers", required=True),
        "facts": Key(ListOf(TEXT), "short true statements, to tell whether what a person says agrees with the answer"),
        "entity": Key(NAME, "the entity that by_status asks for"),
        "by_status": Key(MapOf(TEXT), "answers by the status of the named value; {name}, {of}, {note}, {as_of} are filled in"),
        **_BELOW,
        **_DATED,
    },
)

MYTH = Record(
    "myth",
    {
        "id": Key(ID, "the file's name without .yaml", required=True),
        "topic": Key(ID, "the more general entry it belongs to", required=True),
        "claim": Key(TEXT, "the mistaken belief, as a statement", required=True),
        "claims": Key(ListOf(TEXT), "the claim in other words, short statements: who says one asserts the myth"),
        "denials": Key(ListOf(TEXT), "short statements of the contrary, built like the claims: who says one denies the myth"),
        "verdict": Key(Choice(VERDICTS), "what is wrong with the claim", required=True),
        **_COMMON,
        "answer": Key(TEXT, "the fact; it comes first and stands alone", required=True),
        "why": Key(TEXT, "how the mistake comes about", required=True),
        "remember": Key(TEXT, "the fact once more, short; it comes last", required=True),
        **_BELOW,
        **_DATED,
    },
)

_VALUE = {
    "code": Key(Text(r"[A-Z][A-Z0-9-]+", "NL", "a code"), "short code, ISO 3166 where there is one"),
    "name": Key(TEXT, "the everyday name", required=True),
    "also": Key(ListOf(TEXT), "other names and demonyms"),
    "said": Key(TEXT, "the name within a sentence, such as 'the Netherlands', where it differs"),
    "note": Key(TEXT, "a remark for the answer"),
    "sources": Key(ListOf(_CITATION), "what its own status or note rests on, beside the entity's sources"),
}

ENTITY = Record(
    "entity",
    {
        "entity": Key(NAME, "the file's name without .yaml; {country} in alternates", required=True),
        "naming": Key(Choice(("yes", "no")), "yes: a message naming a value is answered only by an entry that names it too"),
        **{key: _DATED[key] for key in ("sources", "as_of", "review_by")},
        "values": Key(
            ListOf(Record("value", {**_VALUE, "status": Key(ID, "what is true of it", required=True)}), 1), "the values", required=True
        ),
        "ambiguous": Key(MapOf(ListOf(TEXT, 2)), "a name that several values bear -> their codes"),
        GENERATED: Key(MapOf(ListOf(TEXT)), "code -> further names, written by `factotum names`; ours come first"),
        "parts": Key(
            ListOf(Record("part", {**_VALUE, "of": Key(TEXT, "code of the value it is part of", required=True)})), "parts of values"
        ),
    },
)

SOURCE = Record(
    "source",
    {
        "title": Key(TEXT, "the title", required=True),
        "publisher": Key(TEXT, "who publishes it", required=True),
        "kind": Key(Choice(SOURCE_KINDS), "what kind of publisher", required=True),
        "url": Key(Maybe(URL), "where it stands, if anywhere"),
        "published": Key(Maybe(Date()), "when it was published, if known"),
        "checked": Key(Date(), "when it was read last", required=True),
        "via": Key(Choice(("archive", "mirror", "live")), "the copy that was read", required=True),
    },
)

_WORDINGS = {
    "id": Key(ID, "its id", required=True),
    "alternates": Key(ListOf(TEXT, 1), "wordings; they come on top of those of a default with this id, and only then may be left out"),
    "answer": Key(TEXT, "the fixed answer; {handoff} stands for where a human is reached", required=True),
}

_TALK_KINDS = tuple(kind for kind in KINDS.values() if not kind.is_entry and not kind.no_answer)
"""The kinds of smalltalk.yaml; what gets no answer stands in outside.yaml."""

_PHRASES = "words or beginnings (secuestr*) in the order in which they are said, others between them"

TALK = Record(
    "small talk",
    {
        **_WORDINGS,
        "phrases": Key(ListOf(TEXT, 1), f"for danger: what is always taken for it, whatever a message says besides: {_PHRASES}"),
        "kind": Key(
            Choice(tuple(kind.name for kind in _TALK_KINDS)),
            "; ".join(f"{kind.name}: {kind.about}" for kind in _TALK_KINDS),
            required=True,
        ),
    },
)

OUTSIDE = Record("outside", _WORDINGS)

_DISTRESS = Record(
    "distress",
    {
        "line": Key(TEXT, "what to do, in the language, with the emergency number", required=True),
        "phrases": Key(ListOf(TEXT, 1), _PHRASES, required=True),
    },
)

LANGUAGE = Record(
    "language",
    {
        "name": Key(TEXT, "its English name", required=True),
        "line": Key(TEXT, "a sentence or two in it: only English is read here", required=True),
        "distress": Key(ListOf(_DISTRESS, 1), "how people in danger say so in it, and what they are told"),
    },
)

_ORGANISATION = Record(
    "organisation",
    {
        "name": Key(TEXT, "its name, as people read it", required=True),
        "checked": Key(Date(), "when the entries without a source were last gone through", required=True),
        "url": Key(URL, "its page"),
    },
)

SETTINGS = Record(
    "settings",
    {
        "threshold": Key(Number(0, 100), "least score to answer"),
        "ask": Key(Number(0, 100), "least score to ask back instead of giving up"),
        "margin": Key(Number(0, 100), "least lead over the best candidate of another subject"),
        "options": Key(Number(1, 4), "how many options are offered at most"),
        "handoff": Key(TEXT, "where a human is reached"),
        "addressee": Key(TEXT, "whom people believe that they write to: 'you' may mean it"),
        "organisation": Key(_ORGANISATION, "whom the base speaks for: entries that name no source rest on its word"),
        "checks": Key(MapOf(Choice(("off", "warning", "error")), CHECKS), "rules of `factotum check` and how much each matters here"),
        "name_cues": Key(ListOf(TEXT), "words of the subject next to which people are named: the question log hides those names"),
        "defaults": Key(ListOf(Choice(DEFAULTS)), "which groups of small talk that every base has are kept; [] for none of them"),
        "wording": Key(MapOf(TEXT, WORDINGS), "the fixed sentences, by name or by reason"),
    },
)

DOCUMENTS: Mapping[str, Form] = {
    "faq": FAQ,
    "myth": MYTH,
    "entity": ENTITY,
    "sources": MapOf(SOURCE),
    "synonyms": MapOf(ListOf(TEXT, 1)),
    "opposites": ListOf(ListOf(ListOf(TEXT, 1), 2, 2)),
    "smalltalk": ListOf(TALK),
    "outside": ListOf(OUTSIDE),
    "languages": MapOf(LANGUAGE, names=CODE),
    "settings": SETTINGS,
    "alternates": MapOf(ListOf(TEXT, 1)),
}


def json_schema(document: str) -> JsonSchema:
    """The JSON Schema (2020-12) of one kind of document, for completion in a curator's editor.

    Raises KeyError for a name that is not in DOCUMENTS.
    """
    head: JsonSchema = {"$schema": "https://json-schema.org/draft/2020-12/schema", "title": f"Factotum: {document}"}
    return head | DOCUMENTS[document].schema()


def reference() -> str:
    """The keys of FAQ entries and myths as a Markdown table, as it stands in intents/README.md."""
    rows = ["| key | in | form | what it is |", "|---|---|---|---|"]
    for text, key in {**FAQ.keys, **MYTH.keys}.items():
        homes = [name for name, record in (("FAQ", FAQ), ("myth", MYTH)) if text in record.keys]
        needed = ", required" if all(record.keys[text].required for record in (FAQ, MYTH) if text in record.keys) else ""
        form = key.form.words().replace("|", "\\|")
        rows.append(f"| `{text}` | {', '.join(homes)} | {form}{needed} | {key.about} |")
    return "\n".join(rows) + "\n"
