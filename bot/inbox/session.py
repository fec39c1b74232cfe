"""A curator's way through the inbox: what is proposed for an item, taken, left and undone."""

import difflib
import json
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field, replace
from pathlib import Path
from typing import Any

from bot.engine import Bot
from bot.english.tokens import plain_words
from bot.errors import UsageError
from bot.evaluate.compare import decision
from bot.imports.merge import Change
from bot.inbox import apply, changes
from bot.inbox.changes import Base, Talk
from bot.inbox.items import Item
from bot.inbox.trial import Asking, Trial, known, rebuilt, tried
from bot.kb.files import Stamp, stamp_of
from bot.matching.match import match
from bot.matching.query import read

RECORD = ".reviewed.json"
"""Hashes of the questions that were judged, so that they come up no more; hidden, so that no base reads it."""

_ASKED = 5
"""Wordings of an item, from its first, by which entries are suggested for it."""


@dataclass(frozen=True, slots=True, eq=False)
class Proposal:
    """What would be done about an item: the wordings that the base would get and the id of what they go to ("": a synonym), the changed
    files, and what that would change for others. `message` says it in a line."""

    item: Item
    message: str
    home: str
    wordings: tuple[str, ...]
    changes: tuple[Change, ...]
    trial: Trial


@dataclass(slots=True)
class Session:
    """A base, what is known of its questions, and what was judged so far. It changes with each proposal that is taken."""

    now: Asking
    done: set[str]
    stamp: Stamp | None
    taken: list[tuple[Proposal, Asking | None]] = field(default_factory=list)

    @property
    def bot(self) -> Bot:
        """The bot of the base as it is."""
        return self.now.bot

    @property
    def base(self) -> Base:
        """The base as it is."""
        return self.now.base

    @classmethod
    def begin(cls, bot: Bot, folder: Path, further: Iterable[str] = ()) -> "Session":
        """A session on a base; `further` are questions whose decision it should also watch. Raises UsageError, KnowledgeBaseError."""
        stamp, base = stamp_of(folder), changes.opened(folder)
        rows = changes.rows_of(base.text(folder / changes.ROWS) or "")
        return cls(Asking.of(bot, base, known(bot, (*rows, *further))), set(judged(folder)), stamp)

    def refresh(self) -> bool:
        """Takes up what somebody else changed in the folder; whether there was anything. Raises KnowledgeBaseError if the base has errors
        now: it stays as it was then."""
        stamp = stamp_of(self.base.folder)
        if stamp == self.stamp:
            return False
        base = changes.opened(self.base.folder)
        self.now, self.stamp = Asking.of(rebuilt(self.bot, base.kb), base, self.now.known), stamp
        self.taken = [(proposal, None) for proposal, _ in self.taken]
        return True

    def suggested(self, item: Item) -> tuple[tuple[str, float], ...]:
        """The two entries that an item most likely belongs to: what people chose first, then what its wordings are like; with the mean
        score (0..100) of these."""
        sums: dict[str, float] = {name: 0.0 for name, _ in item.chosen if name in self.bot.kb.entries}
        first = len(sums)
        texts = [one.text for one in item.wordings[:_ASKED]]
        for name, score in (pair for text in texts for pair in self.bot.rank(text)):
            sums[name] = sums.get(name, 0.0) + score / len(texts)
        order = [*list(sums)[:first], *sorted(list(sums)[first:], key=lambda name: -sums[name])]
        return tuple((name, round(sums[name], 1)) for name in order[:2])

    def nearest_talk(self, item: Item, document: Talk) -> str:
        """What an item is most like of what a file of talk holds; "" if it is like none of it."""
        ids = changes.talk_of(self.base, document)
        found = match(read(item.wordings[0].text, self.bot.lexicon), self.bot.matcher).evidence
        return next((one.candidate.target.id for one in found if one.candidate.target.id in ids), "")

    def alternate(self, item: Item, name: str, text: str) -> Proposal:
        """A wording for an entry; what was asked becomes a row of the test file. Raises UsageError if the wording is that of the row."""
        self._other_words(item, text)
        made = changes.alternate(self.base, name, text)
        return self._proposal(item, f"{name}: also asked as '{text}'", [made], [text], [name], name)

    def entry(self, item: Item, name: str, fields: dict[str, Any], theme: str = "") -> Proposal:
        """An entry of its own. Raises UsageError if its name is taken."""
        made = changes.new_entry(self.base, name, fields, theme)
        wordings = [fields["question"], *fields.get("alternates", ())]
        return self._proposal(item, f"{name}: a new entry", [made], wordings, [name], name)

    def talk(self, item: Item, document: Talk, name: str, text: str, answer: str = "") -> Proposal:
        """A wording of what lies outside the base, or of small talk. Raises UsageError if the wording is that of the row."""
        self._other_words(item, text)
        made = changes.wording_of_talk(self.base, document, name, text, answer)
        accept = [] if document == "outside" else ["smalltalk"]
        return self._proposal(item, f"{document}, {name}: also asked as '{text}'", [made], [text], accept, name)

    def synonym(self, item: Item, word: str, other: str) -> Proposal:
        """A word that counts as another one; which entry is right is what the item's question is answered with then."""
        made = changes.synonym(self.base, word, other)
        proposal = self._proposal(item, f"'{other}' counts as '{word}'", [made], [], None)
        found = proposal.trial.bot.ask(question_of(item)).answers if question_of(item) else []
        return self._with_row(proposal, [found[0].id]) if found else proposal

    def settled(self, proposal: Proposal) -> tuple[str, ...]:
        """The keys of those wordings of an item that a proposal settles: they are put somewhere, decided otherwise than before, or answered
        from where they are put. The others come up again."""
        put = {plain_words(text) for text in (*proposal.wordings, *changes.rows_of(_rows_in(proposal)))}
        later, home = proposal.trial.bot, f"answer {proposal.home}"
        return tuple(
            one.key
            for one in proposal.item.wordings
            if plain_words(one.text) in put or (told := decision(later, one.text)) == home or told != self.now.decide(one.text)
        )

    def take(self, proposal: Proposal) -> str | None:
        """Writes what is proposed; what git says of the commit, None without git. Raises UsageError: nothing is written if somebody changed
        the files meanwhile, and all but the commit if git refuses."""
        keys = self.settled(proposal)
        proposal = replace(proposal, changes=(*proposal.changes, self._record(keys)))
        alone = stamp_of(self.base.folder) == self.stamp
        apply.write(proposal.changes)
        self.taken.append((proposal, self.now))
        self.now = Asking.of(proposal.trial.bot, proposal.trial.base, self.now.known)
        self.done.update(keys)
        self.stamp = stamp_of(self.base.folder) if alone else None
        return apply.commit(self.base.folder, proposal.changes, proposal.message)

    def leave(self, item: Item) -> None:
        """Notes that nothing is to be done about an item: its questions come up no more."""
        keys = [one.key for one in item.wordings]
        apply.write([self._record(keys)])
        self.done.update(keys)

    def undo(self) -> Proposal:
        """Puts back what the last proposal that was taken changed, in git by a further commit. Raises UsageError if there is none, or the
        files were edited since."""
        if not self.taken:
            raise UsageError("nothing was taken yet.")
        proposal, before = self.taken[-1]
        files = [change for change in proposal.changes if change.path.name != RECORD]
        apply.undo(files)
        self.taken.pop()
        self.now, self.stamp = before or self.now, stamp_of(self.base.folder) if before else None
        self.done.difference_update(one.key for one in proposal.item.wordings)
        record = self._record([])
        apply.write([record])
        apply.commit(self.base.folder, [*files, record], f"Undone: {proposal.message}")
        return proposal

    def _other_words(self, item: Item, text: str) -> None:
        if plain_words(text) == plain_words(question_of(item)):
            raise UsageError("these are the words of the question itself, which goes into the test file: write it in other words.")

    def _proposal(
        self, item: Item, message: str, made: Sequence[Change], wordings: Sequence[str], accept: Sequence[str] | None, home: str = ""
    ) -> Proposal:
        asked = [one.text for one in item.wordings[:_ASKED]]
        proposal = Proposal(item, message, home, tuple(wordings), tuple(made), tried(self.now, made, wordings, asked, home))
        return proposal if accept is None else self._with_row(proposal, accept)

    def _with_row(self, proposal: Proposal, accept: Sequence[str]) -> Proposal:
        """The proposal with a row of the test file: the most typical of the item's questions that stands nowhere in the base, word for
        word: it would measure nothing."""
        said = {*self.now.known.said, *map(plain_words, proposal.wordings)}
        asked = [one.text for one in proposal.item.wordings[:_ASKED] if "[" not in one.text and plain_words(one.text) not in said]
        new = next((row for text in asked if (row := changes.row(self.base, text, accept))), None)
        return replace(proposal, changes=(*proposal.changes, new)) if new else proposal

    def _record(self, keys: Iterable[str]) -> Change:
        path = self.base.folder / RECORD
        content = json.dumps({"version": 1, "judged": sorted({*self.done, *keys})}, indent=1) + "\n"
        return Change(path, path.read_bytes() if path.exists() else None, content.encode())


def _rows_in(proposal: Proposal) -> str:
    """The text of the test file as a proposal leaves it; "" if it leaves it alone."""
    return next((change.new.decode() for change in proposal.changes if change.path.name == Path(changes.ROWS).name), "")


def question_of(item: Item) -> str:
    """The most typical question of an item from which nothing personal was taken out; "" if there is none."""
    return next((one.text for one in item.wordings if "[" not in one.text), "")


def other_wording_of(item: Item) -> str:
    """Another question of an item, in other words, to become a wording of the base; "" if there is none."""
    said = plain_words(question_of(item))
    return next((one.text for one in item.wordings if "[" not in one.text and plain_words(one.text) != said), "")


def judged(folder: Path) -> tuple[str, ...]:
    """The keys of the questions that were judged. Raises UsageError if the record is damaged."""
    path = folder / RECORD
    try:
        return tuple(map(str, json.loads(path.read_text("utf-8"))["judged"])) if path.exists() else ()
    except (ValueError, KeyError, TypeError, OSError) as error:
        raise UsageError(f"{path} is damaged. Delete it: all questions then come up again.") from error


def diff(made: Sequence[Change], folder: Path) -> str:
    """The changes as a unified diff, paths as they are in the folder of the base; the record of what was judged left out."""
    lines: list[str] = []
    for change in made:
        name = change.path.relative_to(folder).as_posix() if change.path.is_relative_to(folder) else str(change.path)
        old, new = (text.decode().splitlines() for text in (change.old or b"", change.new))
        lines += difflib.unified_diff(old, new, name if change.old is not None else "/dev/null", name, lineterm="", n=1)
    return "\n".join(lines)
