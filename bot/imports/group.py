"""What readers find, item by item -> entries, and a line for each item that says what became of it.

Items of one key with the same answer are one entry, and so are items whose answers are the same sentence: their questions become
alternates. A question leads to one entry only. An answer with a place that a program would fill in is refused.
"""

import re
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field, replace
from datetime import date

from bot.english.tokens import plain_words
from bot.imports.entries import Draft, Import, Line, Source, in_order
from bot.imports.found import Claim, Found, Item, Note, Own, Synonyms, Text
from bot.imports.ids import new_id, slug
from bot.imports.own_base import own_base
from bot.imports.plain_text import clean
from bot.imports.rich_text import Converted, convert, plain
from bot.imports.synonyms import Lists
from bot.imports.templates import filled_in
from bot.kinds import EntryKind

_LONG_ANSWER = 6
"""Words from which on equal answers are one entry. Shorter ones ("Yes.") may be equal by chance, and to mend one would change another."""

_LONGEST_QUESTION = 300
"""Characters of a question: what is longer is a text in the wrong column."""

_CLAIMS = "claims"
"""The entry that imported myths belong to, and their theme: a myth needs a topic."""


def _words(text: str) -> int:
    """What tells a question from others: a hash of its words, for the words of a hundred thousand questions would fill the memory."""
    return hash(plain_words(text))


@dataclass(slots=True)
class _Growing:
    """An entry that further items may still add wordings to."""

    number: int
    questions: list[str]
    answer: Converted
    item: Item


@dataclass(slots=True)
class _Grouping:
    """The entries so far, by what may join an item to one of them, and the lines of the report."""

    entries: list[_Growing] = field(default_factory=list)
    by_key: dict[tuple[str, int], _Growing] = field(default_factory=dict)
    by_question: dict[int, _Growing] = field(default_factory=dict)
    by_answer: dict[int, _Growing] = field(default_factory=dict)
    lines: list[tuple[Line, int]] = field(default_factory=list)
    synonyms: Lists = field(default_factory=Lists)
    own: list[Own] = field(default_factory=list)

    def add(self, found: Found) -> None:
        if isinstance(found, Item):
            self._item(found)
        elif isinstance(found, Own):
            self.own.append(found)
        elif isinstance(found, Synonyms):
            self._synonyms(found)
        else:
            self._refuse(found.place, found.what, found.reason)

    def _refuse(self, place: str, what: str, reason: str, notes: tuple[Note, ...] = ()) -> None:
        self.lines.append((Line(place, "not taken", "", clean(what)[0], reason, notes), -1))

    def _item(self, item: Item) -> None:
        answer = convert(item.answer)
        questions, left = _questions(item.questions)
        notes = (*item.notes, *answer.notes, *left)
        what = " ".join((questions or [clean(" ".join(item.questions))[0]])[0][:80].split())
        fault = _fault(item, questions, answer)
        if fault:
            self._refuse(item.place, what, fault, notes)
            return
        home = self._home(item, questions, answer)
        fresh, further = self._fresh(questions, home)
        if home is None and not fresh:
            other = self.by_question[_words(questions[0])]
            self._refuse(item.place, what, f"the same question stands in {other.item.place} with another answer", notes)
            return
        joined = home is not None
        home = home or self._begin(item, answer)
        for text in fresh:
            home.questions.append(text)
            self.by_question[_words(text)] = home
        reason = "" if fresh else f"asked already in {home.item.place} with the same answer"
        self.lines.append((Line(item.place, "alternate" if joined else "entry", "", what, reason, (*notes, *further)), home.number))

    def _home(self, item: Item, questions: Sequence[str], answer: Converted) -> _Growing | None:
        """The entry that an item belongs to, None if it is a new one."""
        if item.claim:
            return None
        same = hash(answer.text)
        if item.key:
            return self.by_key.get((item.key, same))
        known = self.by_question.get(_words(questions[0]))
        if known and known.answer.text == answer.text:
            return known
        found = self.by_answer.get(same)
        return found if found and len(plain_words(answer.text)) >= _LONG_ANSWER else None

    def _fresh(self, questions: Sequence[str], home: _Growing | None) -> tuple[list[str], list[Note]]:
        """(the wordings that lead nowhere yet, notes of the others)."""
        fresh: dict[int, str] = {}
        notes = []
        for text in questions:
            words = _words(text)
            other = self.by_question.get(words)
            if other is None and words not in fresh:
                fresh[words] = text
            elif other is not None and other is not home:
                notes.append(Note("question", f"{text[:60]} ({other.item.place})"))
            elif words in fresh:
                notes.append(Note("repeated", text[:60]))
        return list(fresh.values()), notes

    def _begin(self, item: Item, answer: Converted) -> _Growing:
        bare = replace(item, questions=(), answer=Text(""), notes=())  # what is in it was taken: it need not be kept twice
        found = _Growing(len(self.entries), [], answer, bare)
        self.entries.append(found)
        if item.key:
            self.by_key[item.key, hash(answer.text)] = found
        else:
            self.by_answer.setdefault(hash(answer.text), found)
        return found

    def _synonyms(self, found: Synonyms) -> None:
        if fault := self.synonyms.add(found.words):
            self._refuse(found.place, ", ".join(found.words)[:80], f"these synonyms cannot be kept: {fault}")


def group(found: Iterable[Found], name: str, about: str, source: Source) -> Import:
    """The entries of what was found in a source of a name, with the report of each item. `source` is what they rest on."""
    grouping = _Grouping()
    for one in found:
        grouping.add(one)
    base = own_base(grouping.own, source)
    taken, sources = {_CLAIMS, *(draft.id for draft in base.drafts)}, {one.id: one for one in base.sources}
    drafts = [_draft(entry, taken, _source(entry.item, source, sources)) for entry in grouping.entries]
    if any(entry.item.claim for entry in grouping.entries):
        sources.setdefault(source.id, source)
        drafts.append(_topic(source.id))
    lines = [replace(line, entry=drafts[number].id) if number >= 0 else line for line, number in grouping.lines]
    synonyms = dict(sorted({**base.synonyms, **grouping.synonyms.kept}.items()))
    return Import(name, about, (*base.drafts, *drafts), (*base.lines, *lines), tuple(sources.values()), synonyms, base.documents)


def _fault(item: Item, questions: Sequence[str], answer: Converted) -> str:
    """Why an item cannot be an entry; "" if it can."""
    if not questions:
        return "its question holds no word that we can read, or is as long as an answer"
    if not plain_words(answer.text):
        only = next((note.kind for note in answer.notes if note.kind in ("image", "media", "script", "form")), "")
        return "its answer holds no words" + {"image": ", only a picture", "media": ", only a film or an embedded page"}.get(only, "")
    hole = filled_in(answer.text) or filled_in(" ".join(item.questions))
    if hole:
        return f"a program would fill in {hole}: write the answer out"
    return ""


def _questions(texts: Iterable[str]) -> tuple[list[str], tuple[Note, ...]]:
    """Wordings on one line each, without braces, which would stand for an entity."""
    found: list[str] = []
    notes: list[Note] = []
    for raw in texts:
        text, left = plain(Text(raw, "guess"))
        if not filled_in(text) and ("{" in text or "}" in text):
            text = text.replace("{", "(").replace("}", ")")
            left = (*left, Note("braces", text[:60]))
        notes += left
        if plain_words(text) and len(text) <= _LONGEST_QUESTION:
            found.append(text)
        elif text:
            notes.append(Note("empty", text[:60]))
    return found, tuple(notes)


def _draft(entry: _Growing, taken: set[str], source: str) -> Draft:
    item, answer = entry.item, entry.answer
    name = (
        new_id(item.name if not item.name.strip().isdigit() else "", taken) or new_id(entry.questions[0], taken) or new_id("entry", taken)
    )
    taken.add(name)
    fields = {
        "id": name,
        "question": entry.questions[0],
        "alternates": entry.questions[1:],
        "answer": answer.answer,
        "points": list(answer.points),
        "steps": list(answer.steps),
        "sources": [{"id": source}],
        "as_of": day(item.as_of),
        **_judged(item.claim),
    }
    kind: EntryKind = "myth" if item.claim else "faq"
    return Draft(name, kind, _CLAIMS if item.claim else slug(item.theme) or "imported", in_order(kind, fields), item.place)


def _judged(claim: Claim | None) -> dict[str, str]:
    """The keys of a myth. What a review gives no text for says what is known, and no more."""
    if claim is None:
        return {}
    text, rating, who = (" ".join(clean(one)[0].split()) for one in (claim.text, claim.rating, claim.reviewer or "The review"))
    why, remember = f"{who} rated this claim “{rating}”.", f"The claim is rated “{rating}”."
    return {"topic": _CLAIMS, "claim": text, "verdict": claim.verdict, "why": why, "remember": remember}


def _topic(source: str) -> Draft:
    """The entry that imported myths belong to."""
    question, answer = "Which claims were checked?", "Name the claim, and you hear what was found on it."
    fields = {"id": _CLAIMS, "question": question, "alternates": ["list of checked claims"], "answer": answer, "sources": [{"id": source}]}
    return Draft(_CLAIMS, "faq", _CLAIMS, fields)


def _source(item: Item, source: Source, known: dict[str, Source]) -> str:
    """The id of what an item rests on: the page that it names, else the source of the import."""
    if not re.match(r"https?://[^\s/]+\S*$", item.url):
        known.setdefault(source.id, source)
        return source.id
    host, name = item.url.split("/")[2], slug(re.sub(r"^https?://(www\.)?", "", item.url)) or source.id
    judged = {"title": item.claim.text[:100], "publisher": item.claim.reviewer or host, "kind": "reference"} if item.claim else {}
    page = {"title": f"FAQ of {host}", "publisher": host, "kind": source.fields["kind"]}
    rest = {"url": item.url, **({"published": day(item.as_of)} if item.claim and day(item.as_of) else {})}
    while name in known and known[name].fields["url"] != item.url:
        name = f"{name}-2"
    known.setdefault(name, Source(name, page | judged | rest | {key: source.fields[key] for key in ("checked", "via")}))
    return name


_DAY = re.compile(r"(\d{4})(?:-(\d\d)(?:-(\d\d))?)?(?![\d/.])|(\d{4})/(\d\d?)/(\d\d?)")


def day(text: str) -> str:
    """A date as YYYY, YYYY-MM or YYYY-MM-DD; "" for one that cannot be told for certain, such as 03/04/2026."""
    found = _DAY.match(text.strip())
    if not found:
        return ""
    parts = [part for part in found.groups() if part]
    try:
        date(*(int(part) for part in (*parts, "1", "1")[:3]))
    except ValueError:
        return ""
    return "-".join(f"{int(part):02}" for part in parts)
