"""What to look at before an import is written: the findings of `check`, and questions that are told apart by very little."""

from array import array
from collections import Counter
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace
from datetime import date
from itertools import islice

import numpy as np

from bot.english.tokens import plain_words
from bot.errors import Problem
from bot.imports.documents import entry, tables
from bot.imports.entries import Draft, Import, Line
from bot.kb.read import read
from bot.lint import RULES
from bot.matching.sparse import Ints

_BATCH = 1_000
"""Entries that are checked at once: the memory that checking takes does not grow with the import."""

_SLOW_RULES = ("stolen-alternate",)
"""Rules that build the index of the base, and from how many entries on they are left to `factotum check`."""
_SLOW_FROM = 2_000

_OF_THE_BASE = ("unused-source", "no-entries", "few-alternates")
"""Rules that judge a whole base, which a batch is not."""

_ACROSS = ("dangling-id", "topic")
"""Rules on what leads from one entry to another, which may stand in another batch."""

_FOLDER = "import"


@dataclass(frozen=True, slots=True)
class Pair:
    """Two questions of two entries that are told apart by little: `how` says by what."""

    how: str
    question: str
    entry: str
    other_question: str
    other: str


@dataclass(frozen=True, slots=True)
class Findings:
    """What is odd in the entries. `problems` are those of `check`, without entries that could not be loaded. `skipped_rules` were not
    applied, for the import is large."""

    problems: tuple[Problem, ...] = ()
    pairs: tuple[Pair, ...] = ()
    skipped_rules: tuple[str, ...] = ()

    def by_rule(self) -> list[tuple[str, int, Problem]]:
        """Each rule with the number of its problems and the first of them, the commonest first."""
        counts = Counter(problem.rule for problem in self.problems)
        firsts = {problem.rule: problem for problem in reversed(self.problems)}
        return [(rule, count, firsts[rule]) for rule, count in counts.most_common()]


def examined(made: Import, today: date) -> tuple[Import, Findings]:
    """The import without the entries that no base could load, which the report then names, and what to look at in the rest."""
    slow = len(made.drafts) > _SLOW_FROM
    found = dict.fromkeys(problem for batch in _batches(made.drafts) for problem in _checked(made, batch, today, slow))
    problems = [problem for problem in found if len(made.drafts) <= _BATCH or problem.rule not in _ACROSS]
    wrong: dict[str, Problem] = {}
    for problem in problems:
        if problem.level == "error":
            wrong.setdefault(problem.file, problem)
    kept = made if not wrong else _without(made, wrong)
    rest = tuple(problem for problem in problems if problem.file not in wrong)
    return kept, Findings(rest, tuple(close_pairs(kept.drafts)), _SLOW_RULES if slow else ())


def _batches(drafts: Sequence[Draft]) -> Iterator[Sequence[Draft]]:
    stream = iter(drafts)
    while batch := list(islice(stream, _BATCH)):
        yield batch


def _checked(made: Import, batch: Sequence[Draft], today: date, slow: bool) -> Iterator[Problem]:
    topics = [draft for draft in made.drafts if draft.theme == draft.id and draft not in batch]
    files = {f"{_FOLDER}/{draft.file}": entry(draft) for draft in (*batch, *topics)}
    files |= {f"{_FOLDER}/{name}": content for name, content in tables(made)}
    kb, problems = read(files, _FOLDER, "import")
    for rule in RULES:
        if not (slow and rule.ID in _SLOW_RULES):
            problems += rule.check(kb, today)
    return (replace(one, file=one.file.removeprefix(f"{_FOLDER}/")) for one in sorted(problems) if one.rule not in _OF_THE_BASE)


def _without(made: Import, wrong: dict[str, Problem]) -> Import:
    gone = {draft.id: wrong[draft.file] for draft in made.drafts if draft.file in wrong}
    lines = tuple(
        Line(line.place, "not taken", "", line.what, f"no base could load it: {gone[line.entry].fault}", line.notes)
        if line.entry in gone
        else line
        for line in made.lines
    )
    return replace(made, drafts=tuple(draft for draft in made.drafts if draft.id not in gone), lines=lines)


def close_pairs(drafts: Sequence[Draft]) -> Iterator[Pair]:
    """Questions of two entries that have the same words in another order, or all but one. One pair is told for each question."""
    of, at, twins, near = _first_alike(drafts)
    for number in sorted({*twins, *near}):
        draft, twin = drafts[of[number]], twins.get(number)
        known, how = (twin, "the same words") if twin is not None and of[twin] != of[number] else (near.get(number), "one word")
        if known is not None and of[known] != of[number]:
            other = drafts[of[known]]
            yield Pair(how, draft.questions[at[number]], draft.id, other.questions[at[known]], other.id)


def _first_alike(drafts: Sequence[Draft]) -> tuple[Sequence[int], Sequence[int], dict[int, int], dict[int, int]]:
    """(the draft of each question; its place there; for questions by number the first one with the same words, and the first one with all
    but one). Words are kept as hashes in arrays: a table of those of a hundred thousand questions would fill the memory."""
    of, at, sizes, whole, shorter = array("i"), array("i"), array("i"), array("q"), array("q")
    for number, draft in enumerate(drafts):
        for place, question in enumerate(draft.questions):
            words = tuple(sorted(plain_words(question)))
            of.append(number)
            at.append(place)
            whole.append(hash(words))
            few = range(len(words)) if 3 < len(words) < 30 else ()
            shorter.extend(hash(words[:left] + words[left + 1 :]) for left in few)
            sizes.append(len(few))
    numbers = np.arange(len(of), dtype=np.int32)
    return of, at, _earlier(whole, numbers), _earlier(shorter, np.repeat(numbers, sizes))


def _earlier(keys: Sequence[int], of: Ints) -> dict[int, int]:
    """For each question that has a key of an earlier one, the first that had the first such key. `of`: the question of each key."""
    order = np.argsort(np.asarray(keys, np.int64), kind="stable")
    same = np.diff(np.asarray(keys, np.int64)[order], prepend=0) == 0
    same[:1] = False
    starts = np.maximum.accumulate(np.where(same, 0, np.arange(len(order), dtype=np.int32)))
    before = np.empty(len(order), np.int32)
    before[order] = of[order[starts]]
    hits = np.flatnonzero(before < of)[::-1]  # of the hits of one question the first is taken up last, and stays
    return dict(zip(of[hits].tolist(), before[hits].tolist(), strict=True))
