"""Structure across documents: ids that lead nowhere, names that nobody defined, questions asked twice."""

import re
from collections.abc import Iterator, Mapping, Sequence

from bot.english.tokens import plain_words
from bot.errors import Place, Problem
from bot.kinds import KINDS
from bot.knowledge import Entity, Entry, KnowledgeBase, place_of, subjects_of

Entries = Sequence[Entry]


def links(kb: KnowledgeBase, unread: frozenset[str] = frozenset()) -> Iterator[Problem]:
    """Every fault that shows only when the documents are read together.

    `unread` are the names of files and items that have faults of their own: nothing is said of what leads to them.
    """
    entries = tuple(kb.entries.values())
    if "sources" not in unread:
        yield from _citations(kb, tuple(kb.entities.values()))
    yield from of_entries(entries, kb, unread)


def of_entries(entries: Entries, kb: KnowledgeBase, unread: frozenset[str] = frozenset()) -> Iterator[Problem]:
    """The same of some of its entries, by themselves and beside what they name."""
    yield from _targets(entries, kb, unread)
    if "sources" not in unread:
        yield from _citations(kb, entries)
    if not unread & {*kb.entities, *(entry.entity for entry in entries)}:
        yield from _placeholders(entries, kb)
        yield from _statuses(entries, kb)
    yield from _repeated_questions(entries)
    yield from _texts_without_words(entries)


def without_entries(folder: str) -> Iterator[Problem]:
    """The problem of a folder or file without an entry."""
    fault = "There is no entry in this base: nothing could be answered."
    yield Place(folder, 1, 1).problem(
        "no-entries", fault, "Write one: factotum new ID. A base with two entries to begin with: factotum init FOLDER."
    )


def _targets(entries: Entries, kb: KnowledgeBase, unread: frozenset[str]) -> Iterator[Problem]:
    subjects = subjects_of(kb.entries)
    for entry in entries:
        named = [(f"related[{number}]", target) for number, target in enumerate(entry.related)]
        named += [(f"not[{number}].see", exclusion.see) for number, exclusion in enumerate(entry.exclusions) if exclusion.see]
        named += [("topic", entry.topic)] if entry.topic else []
        for at, target in named:
            if target not in kb.entries and target not in unread:
                yield place_of(entry, at).problem("dangling-id", f"{at}: there is no entry '{target}'.", _nearest(target, kb.entries))
            elif target == entry.id:
                yield place_of(entry, at).problem("own-id", f"{at} names the entry itself.", "Name another entry or take it out.")
        topic = kb.entries.get(entry.topic or "")
        if topic and KINDS[topic.kind].has_claim:
            yield place_of(entry, "topic").problem("topic", f"'{entry.topic}' is itself a myth.", "Name the FAQ entry that both belong to.")
        root = kb.entries[subjects[entry.id]]
        if root.topic in kb.entries and root.topic != root.id:
            yield place_of(entry, "topic").problem("topic", f"The topics of '{entry.id}' go in a circle.", "Let the general one have none.")


def _citations(kb: KnowledgeBase, things: Sequence[Entry | Entity]) -> Iterator[Problem]:
    for thing in things:
        values = thing.values if isinstance(thing, Entity) else ()
        cited = [(f"sources[{number}].id", citation) for number, citation in enumerate(thing.sources)]
        cited += [(f"values: {value.name}", citation) for value in values for citation in value.sources]
        for at, citation in cited:
            if citation.id not in kb.sources:
                fault = f"{at}: there is no source '{citation.id}'."
                yield place_of(thing, at).problem("dangling-source", fault, _nearest(citation.id, kb.sources))


def _placeholders(entries: Entries, kb: KnowledgeBase) -> Iterator[Problem]:
    for entry in entries:
        barred = [(exclusion.say, place_of(entry, f"not[{number}].say")) for number, exclusion in enumerate(entry.exclusions)]
        for text, place in (*entry.wordings(), *barred):
            for name in re.findall(r"\{([^{}]*)\}", text):
                if name not in kb.entities:
                    yield place.problem("unknown-entity", f"'{text}': there is no entity '{name}'.", _nearest(name, kb.entities))


_FILLED_IN = {"name", "of", "note", "as_of"}


def _statuses(entries: Entries, kb: KnowledgeBase) -> Iterator[Problem]:
    for entry in entries:
        for status, text in entry.by_status.items():
            for name in sorted(set(re.findall(r"\{([^{}]*)\}", text)) - _FILLED_IN):
                fault = f"by_status.{status}: nothing is filled in for {{{name}}}."
                yield place_of(entry, f"by_status.{status}").problem("placeholder", fault, "Write {name}, {of}, {note} or {as_of}.")
        if entry.by_status and not entry.entity:
            yield place_of(entry, "by_status").problem("entity", "by_status needs to know whose status.", "Add 'entity: country'.")
        if not entry.entity:
            continue
        if entry.entity not in kb.entities:
            mend = _nearest(entry.entity, kb.entities)
            yield place_of(entry, "entity").problem("unknown-entity", f"There is no entity '{entry.entity}'.", mend)
            continue
        needed = {value.status for value in kb.entities[entry.entity].values}
        for status in sorted(needed - set(entry.by_status)):
            yield place_of(entry, "by_status").problem("status", f"by_status has no text for '{status}'.", f"Add '{status}: ...'.")


def _repeated_questions(entries: Entries) -> Iterator[Problem]:
    """One problem for each pair of entries: a copied file is one mistake, however many questions it repeats. What an entry itself says
    twice does no harm."""
    first: dict[str, Entry] = {}
    repeated: dict[tuple[str, str], list[tuple[str, Place]]] = {}
    for entry in entries:
        for text, place in entry.wordings():
            words = " ".join(plain_words(text))
            if not words:
                yield place.problem("empty-question", f"'{text}' holds no word.", "Write words.")
            elif words in first:
                repeated.setdefault((first[words].id, entry.id), []).append((text, place))
            else:
                first[words] = entry
    by_id = {entry.id: entry for entry in entries}
    for (other, name), found in repeated.items():
        text, place = found[0]
        more = f", and so are {len(found) - 1} more of this entry" if len(found) > 1 else ""
        if other == name:
            yield place.problem("duplicate-question", f"'{text}' stands in this entry already{more}.", "Take one out.", "warning")
            continue
        fault = f"'{text}' is asked already in '{other}' ({_where(by_id[other], place)}){more}."
        yield place.problem("duplicate-question", fault, "Keep it where it is answered best.")


def _where(entry: Entry, place: Place) -> str:
    """Where an entry stands, as it is told at a place."""
    return f"line {place_of(entry, 'id').line}" if entry.file == place.file else entry.file


def _texts_without_words(entries: Entries) -> Iterator[Problem]:
    """Claims, denials and exclusions that hold no word that could be matched: signs, or letters of another script alone."""
    for entry in entries:
        named = [("claim", entry.claim or "")] if KINDS[entry.kind].has_claim else []
        named += [(f"{key}[{number}]", text) for key in ("claims", "denials") for number, text in enumerate(getattr(entry, key))]
        named += [(f"not[{number}].say", exclusion.say) for number, exclusion in enumerate(entry.exclusions)]
        for at, text in named:
            if not plain_words(text):
                yield place_of(entry, at).problem("empty-text", f"{at}: '{text}' holds no word.", "Write words.")


def _nearest(word: str, known: Mapping[str, object]) -> str:
    import difflib  # only a faulty base needs it

    near = difflib.get_close_matches(word, known, 1)
    return f"Write '{near[0]}'." if near else "Write an id that exists, or take it out."


def synonym_faults(listed: Mapping[str, Sequence[str]]) -> Iterator[tuple[str, str, str]]:
    """(canonical word, fault, mend) for a word in two lists and for words that lead in a circle or a chain.

    Words are compared as they are typed, not by their stems: stems differ between versions of the stemmer, and an upgrade must not turn a
    sound base into an unsound one. What the stems of a sound base do to each other is settled where they are looked up
    (bot.matching.synonyms).
    """
    home: dict[str, str] = {}
    heads = {_typed(word): word for word in listed}
    for word, others in listed.items():
        for other in others:
            phrase = _typed(other)
            if not phrase:
                yield word, f"{word}: '{other}' holds no word.", "Write words."
            elif home.get(phrase, word) != word:
                yield word, f"{word}: '{other}' counts as '{home[phrase]}' already.", "Keep it in one place."
            elif phrase in heads and heads[phrase] != word:
                kind = "a circle" if word in listed.get(heads[phrase], ()) else "a chain"
                yield word, f"{word}: '{other}' is a canonical word itself: {kind}.", "Join the two lists."
            home.setdefault(phrase, word)


def _typed(phrase: str) -> str:
    """A phrase as its words: case, accents and marks make no difference, endings do."""
    return " ".join(plain_words(phrase))
