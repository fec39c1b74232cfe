"""A base's own questions, each asked as if it did not stand there -> figures, and which entries are taken for which, by which words."""

from collections import Counter
from collections.abc import Iterable, Sequence
from dataclasses import dataclass

from bot.engine import Bot
from bot.english.stems import stems
from bot.evaluate.measure import Result
from bot.evaluate.metrics import Figures, Row, figures
from bot.matching.index import share
from bot.matching.leave_out import LeftOut, leave_out
from bot.matching.query import Query
from bot.matching.sparse import weight

NOTHING = "nothing"
"""What a question is taken for that is like no entry at all."""

MOST_WORDS = 4
"""Words that are told of a pair."""


@dataclass(frozen=True, slots=True)
class Taken:
    """A question whose best candidate is of another subject. `words` are those of its own that the other holds too, each with what it
    weighs there."""

    entry: str
    other: str
    question: str
    words: tuple[tuple[str, float], ...] = ()


@dataclass(frozen=True, slots=True)
class Pair:
    """An entry, what it is taken for, how many times, a question that shows it, and the words that weigh most in it, heaviest first."""

    entry: str
    other: str
    times: int
    example: str
    words: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class Own:
    """What the left-out questions tell. An entry of the same subject counts as right. `asked` has the number of questions of each entry;
    `pairs` are sorted, the most frequent first."""

    figures: Figures
    rows: tuple[Row, ...]
    asked: dict[str, int]
    pairs: tuple[Pair, ...]


def ask_own(bot: Bot, wordings: Iterable[int]) -> Own:
    """The figures of some wordings (numbers of bot.matching.leave_out.questions), each left out in turn."""
    rows: list[Row] = []
    taken: list[Taken] = []
    asked: Counter[str] = Counter()
    for wording in wordings:
        item = leave_out(wording, bot.index, bot.lexicon, bot.fit)
        rows.append(_row(item))
        asked[item.target.id] += 1
        if not item.right:
            taken.append(_taken(item, bot))
    return Own(figures(rows), tuple(rows), dict(asked), pairs(taken))


def _row(item: LeftOut) -> Row:
    places = (place for place, found in enumerate(item.inside, 1) if found.candidate.target.subject == item.target.subject)
    return Row(item.inside[0].score if item.inside else 0.0, next(places, None))


def _taken(item: LeftOut, bot: Bot) -> Taken:
    if not item.inside:
        return Taken(item.target.id, NOTHING, item.query.asked)
    other = item.inside[0].candidate
    return Taken(item.target.id, other.target.id, item.query.asked, _shared(item.query, other.number, bot))


def _shared(query: Query, target: int, bot: Bot) -> tuple[tuple[str, float], ...]:
    """The words of matter in a query whose stems an owner holds, as they were written, with what they weigh for it: their rarity, less
    where they stand once among many. A synonym of several words is told as the stem that it is read as."""
    written = {stem: word for word in query.words for stem in bot.lexicon.synonyms.read(stems((word,)))[0]}
    known = [stem for stem in query.readings[0] if stem in bot.index.stems and share(stem) == 1]
    numbers = {stem: bot.index.stems[stem] for stem in known}
    weights = {stem: weight(bot.index.holders, number, target) for stem, number in numbers.items()}
    return tuple((written.get(stem, stem), amount) for stem, amount in weights.items() if amount > 0)


def pairs(taken: Iterable[Taken]) -> tuple[Pair, ...]:
    """What was taken for what, the most frequent first and then by id."""
    groups: dict[tuple[str, str], list[Taken]] = {}
    for item in taken:
        groups.setdefault((item.entry, item.other), []).append(item)
    found = [Pair(*names, len(group), group[0].question, heaviest(group)) for names, group in groups.items()]
    return tuple(sorted(found, key=lambda pair: (-pair.times, pair.entry, pair.other)))


def heaviest(group: Sequence[Taken]) -> tuple[str, ...]:
    """The words that weigh most over a group of questions: the sum of their weights."""
    sums: dict[str, float] = {}
    for word, amount in (pair for item in group for pair in item.words):
        sums[word] = sums.get(word, 0.0) + amount
    return tuple(sorted(sums, key=lambda word: (-sums[word], word))[:MOST_WORDS])


def confused(results: Iterable[Result]) -> tuple[Pair, ...]:
    """The same of labelled rows: those in scope whose top entry is not accepted. Their first accepted id stands for all."""
    return pairs(
        Taken(result.case.accepted[0], result.ranked[0][0] if result.ranked else NOTHING, result.case.message)
        for result in results
        if result.case.in_scope and not result.row.right
    )
