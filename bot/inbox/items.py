"""Questions to look at -> items: groups of like questions with what a curator needs to judge each."""

import hashlib
from collections import Counter
from collections.abc import Collection, Iterable, Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from bot.english.stems import stems
from bot.grouping.groups import grouped
from bot.grouping.likeness import Scale, words_of
from bot.grouping.shared import Shared, shared, typical
from bot.inbox.asked import WHYS, Asked, Why

_COMPARED = 30
"""Wordings of a group, the most frequent first, that its typical one and what they share are taken from."""


@dataclass(frozen=True, slots=True)
class Wording:
    """A question in its most frequent spelling, how often it was asked, and a key of its words, which tells no more than that two are the
    same."""

    text: str
    times: int
    key: str


@dataclass(frozen=True, slots=True)
class Item:
    """A group of like questions. `wordings` begins with the most typical one. `whys` are the reasons to look at them and `chosen` the
    entries that people chose when asked back, each with how often. `before` and `after` are the questions of the two halves of the time
    looked at. `nearest` are the entries that were like them when they were asked, the best first, with the best score (0..100)."""

    wordings: tuple[Wording, ...]
    shared: tuple[Shared, ...]
    whys: tuple[tuple[Why, int], ...]
    nearest: tuple[tuple[str, float], ...]
    chosen: tuple[tuple[str, int], ...]
    comments: tuple[str, ...]
    before: int
    after: int

    @property
    def times(self) -> int:
        """How often its questions were asked."""
        return self.before + self.after

    @property
    def outside(self) -> bool:
        """Whether all that it asks lies outside the base by design."""
        return all(why == "outside" for why, _ in self.whys)

    def as_values(self) -> dict[str, Any]:
        """The item as plain values, for JSON."""
        return {
            "typical": self.wordings[0].text,
            "times": self.times,
            "before": self.before,
            "after": self.after,
            "why": dict(self.whys),
            "share": [str(one) for one in self.shared],
            "nearest": dict(self.nearest),
            "chosen": dict(self.chosen),
            "comments": list(self.comments),
            "wordings": [{"text": one.text, "times": one.times} for one in self.wordings],
        }


def items(questions: Sequence[Asked], middle: datetime, done: Collection[str] = ()) -> tuple[Item, ...]:
    """The items of some questions, the largest first; what lies outside by design stands in items of its own, at the end. `middle` parts
    the two halves of the time; `done` are the keys of wordings that were judged before."""
    by_key: dict[str, list[Asked]] = {}
    for one in questions:
        by_key.setdefault(key_of(one.text), []).append(one)
    parts: tuple[list[str], list[str]] = ([], [])
    for key, own in by_key.items():
        if key not in done:
            parts[all(one.why == "outside" for one in own)].append(key)
    return tuple(item for keys in parts for item in _ordered(_items([by_key[key] for key in keys], middle)))


def key_of(text: str) -> str:
    """What two questions have in common that differ in spelling, endings and politeness only, as a hash: it may be kept when the question
    itself is deleted."""
    words = words_of(text)
    return hashlib.sha256(" ".join(stems(words) if words else (text,)).encode(errors="replace")).hexdigest()[:16]


def _ordered(found: Iterable[Item]) -> list[Item]:
    return sorted(found, key=lambda item: (-item.times, item.wordings[0].text))


def _items(meanings: Sequence[Sequence[Asked]], middle: datetime) -> Iterable[Item]:
    groups, labels = grouped([_spelling(own) for own in meanings])
    members: dict[int, list[Sequence[Asked]]] = {}
    for label, own in zip(labels.tolist(), meanings, strict=True):
        members.setdefault(label, []).append(own)
    return [_item(own, groups.scale, middle) for own in members.values()]


def _item(meanings: Sequence[Sequence[Asked]], scale: Scale, middle: datetime) -> Item:
    wordings = [Wording(_spelling(own), len(own), key_of(own[0].text)) for own in meanings]
    wordings.sort(key=lambda one: (-one.times, one.text))
    compared = wordings[:_COMPARED]
    first = compared[typical([one.text for one in compared], [one.times for one in compared], scale)]
    every = [one for own in meanings for one in own]
    whys = Counter(one.why for one in every)
    best: dict[str, float] = {}
    for name, score in (pair for one in every for pair in one.nearest):
        best[name] = max(score, best.get(name, 0.0))
    return Item(
        wordings=(first, *(one for one in wordings if one is not first)),
        shared=shared([one.text for one in compared]),
        whys=tuple((why, whys[why]) for why in WHYS if why in whys),
        nearest=tuple(sorted(best.items(), key=lambda pair: (-pair[1], pair[0]))),
        chosen=tuple(Counter(one.chosen for one in every if one.chosen).most_common()),
        comments=tuple(dict.fromkeys(one.comment for one in every if one.comment)),
        before=sum(one.at < middle for one in every),
        after=sum(one.at >= middle for one in every),
    )


def _spelling(own: Sequence[Asked]) -> str:
    return Counter(one.text for one in own).most_common(1)[0][0]
