"""The inbox in a terminal: item by item, one key for what it is; nothing is written before it was shown what that changes."""

from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass
from functools import partial

from bot.english.tokens import plain_words
from bot.errors import KnowledgeBaseError, UsageError
from bot.imports.ids import new_id
from bot.inbox.changes import Talk, talk_of
from bot.inbox.items import Item
from bot.inbox.session import Proposal, Session, other_wording_of, question_of
from bot.terminal.console import Console
from bot.terminal.inbox_text import item_text, proposal_text

_KEYS = {
    "e": "another entry",
    "n": "new entry",
    "o": "outside",
    "t": "small talk",
    "s": "synonym",
    "x": "nothing, ever",
    "l": "later",
    "u": "undo",
    "q": "quit",
}
_TAKE = {"y": "take it", "n": "do not"}

_MOST = 8
"""Wordings of an item that a new entry is filled with."""


Meant = Callable[[], Proposal]
"""What a person wants, before it is tried out."""


@dataclass(frozen=True, slots=True)
class Done:
    """What a review came to: items judged (taken, or nothing to be done), and how many of them changed the base."""

    judged: int
    taken: int


def review(session: Session, items: Sequence[Item], console: Console) -> Done:
    """Goes through items until the last one, or until the person leaves."""
    judged, at = 0, 0
    try:
        while at < len(items):
            _refresh(session, console)
            console.say(item_text(items[at], at + 1, len(items)))
            suggested = session.suggested(items[at])
            key = console.key("What is it?", _keys(suggested))
            if key == "q":
                break
            if key == "u":
                at = _undo(session, items, at, console)
                continue
            settled = _settled(key, items[at], suggested, session, console)
            judged += settled and key != "l"
            at += settled
    except (EOFError, KeyboardInterrupt):
        console.say("")
    return Done(judged, len(session.taken))


def _refresh(session: Session, console: Console) -> None:
    try:
        if session.refresh():
            console.say("The files of the base were changed meanwhile: what they hold now is taken up.")
    except KnowledgeBaseError as error:
        console.say(f"The base has errors now; what it was before is gone on with.\n{error}")


def _keys(suggested: Sequence[tuple[str, float]]) -> Mapping[str, str]:
    return {str(number): f"{name} ({score:.0f})" for number, (name, score) in enumerate(suggested, 1)} | _KEYS


def _settled(key: str, item: Item, suggested: Sequence[tuple[str, float]], session: Session, console: Console) -> bool:
    """Whether the person is through with an item."""
    if key == "l":
        return True
    try:
        if key == "x":
            session.leave(item)
            return True
        meant = _meant(key, item, suggested, session, console)
        if meant is None:
            return False
        console.say("What that would change is tried out ...")
        return _taken(meant(), session, console)
    except UsageError as error:
        console.say(str(error))
        return False


def _taken(proposal: Proposal, session: Session, console: Console) -> bool:
    console.say(proposal_text(proposal))
    if proposal.trial.problems or console.key("Take it?", _TAKE) == "n":
        return False
    before = len(session.taken)
    try:
        count, settled = len(proposal.item.wordings), len(session.settled(proposal))
        told = session.take(proposal)
        left = f" Of {count} wordings {settled} are settled by it; the others come up again." if settled < count else ""
        console.say(f"Written{f', committed as {told}' if told else ''}.{left}")
    except UsageError as error:
        console.say(str(error))
    return len(session.taken) > before


def _undo(session: Session, items: Sequence[Item], at: int, console: Console) -> int:
    """Undoes the last proposal that was taken; the place of its item."""
    try:
        proposal = session.undo()
    except UsageError as error:
        console.say(str(error))
        return at
    console.say(f"Undone: {proposal.message}")
    return items.index(proposal.item)


def _meant(key: str, item: Item, suggested: Sequence[tuple[str, float]], session: Session, console: Console) -> Meant | None:
    """What the person has in mind; None if they gave up."""
    if key == "n":
        return _new_entry(item, session, console)
    if key == "s":
        word = console.line("The word or phrase of the base:")
        other = word and console.line(f"What counts as '{word}':")
        return partial(session.synonym, item, word, other) if other else None
    if key in ("o", "t"):
        return _talk("outside" if key == "o" else "smalltalk", item, session, console)
    name = suggested[int(key) - 1][0] if key.isdigit() else console.line("The id of the entry:", known=sorted(session.base.kb.entries))
    if name and name not in session.base.kb.entries:
        raise UsageError(f"there is no entry '{name}'.")
    text = name and _wording(item, console)
    return partial(session.alternate, item, name, text) if text else None


def _wording(item: Item, console: Console) -> str:
    asked = question_of(item)
    kept = f" ('{asked}' itself becomes a row of the test file)" if asked else ""
    return console.line(f"The wording to add{kept}:", other_wording_of(item))


def _talk(document: Talk, item: Item, session: Session, console: Console) -> Meant | None:
    known = talk_of(session.base, document)
    name = console.line(f"Its id in {document} (a new one begins one):", session.nearest_talk(item, document), known)
    text = name and _wording(item, console)
    answer = console.line("What is answered:") if text and name not in known else ""
    return partial(session.talk, item, document, name, text, answer) if text and (answer or name in known) else None


def _new_entry(item: Item, session: Session, console: Console) -> Meant | None:
    """A new entry, filled with the item's questions but for one, which becomes a row of the test file."""
    kb = session.base.kb
    question = console.line("The question in its plainest form:", other_wording_of(item) or question_of(item))
    name = question and console.line("Its id:", new_id(question, {*kb.entries, *kb.talk}))
    answer = name and console.line("The answer (its first sentence answers):")
    if not answer:
        return None
    source = (
        "" if kb.settings.organisation else console.line(f"The id of the source it rests on{_some(kb.sources)}:", known=sorted(kb.sources))
    )
    kept, own = plain_words(question_of(item)), plain_words(question)
    others = [one.text for one in item.wordings if "[" not in one.text and plain_words(one.text) not in (kept, own)][:_MOST]
    fields = {"question": question, "alternates": others, "answer": answer, "sources": [{"id": source}] if source else []}
    return partial(session.entry, item, name, {key: value for key, value in fields.items() if value})


def _some(names: Iterable[str]) -> str:
    """Names in brackets, if they are few enough to be read."""
    found = sorted(names)
    return f" ({', '.join(found)})" if len(found) <= _MOST else ""
