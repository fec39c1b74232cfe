"""Cases and a bot -> what became of each, in the words that the project measures with."""

from collections import Counter
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, replace

from bot.engine import Bot
from bot.english.tokens import plain_words
from bot.evaluate.cases import Case
from bot.evaluate.metrics import Row
from bot.knowledge import ENTRY_KINDS, OUTSIDE_KINDS
from bot.matching.candidates import wordings_of
from bot.matching.evidence import Evidence
from bot.reply import Reply

OUTCOMES = ("right", "extra", "offered", "part", "near", "refused", "asked back", "wrong")
"""right: answered, and every answer is accepted (of chat: small talk or handoff). extra: a right answer beside one not asked for.
offered: asked back with an accepted entry among the options. part: some of several questions answered. near: a true answer
to a neighbouring question (a row's `near`). refused: none, small talk or
handoff. asked back: a clarify without an accepted option. wrong: an answer that is not accepted."""


@dataclass(frozen=True, slots=True)
class Result:
    """One case, its reply and the outcome. `ranked` are the entries most like its message, best first, with their scores (0..100)."""

    case: Case
    reply: Reply
    outcome: str
    stance_right: bool | None = None
    ranked: tuple[tuple[str, float], ...] = ()

    @property
    def as_wanted(self) -> bool:
        """Whether the outcome is the one to wish for: refused if nothing answers it, or else right."""
        return self.outcome == ("right" if self.case.in_scope or self.case.chat else "refused")

    @property
    def said(self) -> list[str]:
        """The ids that were answered, or offered, or else why there are none."""
        answered, offered = [answer.id for answer in self.reply.answers], [option.id for option in self.reply.options]
        return answered or offered or [self.reply.reason or ""]

    @property
    def row(self) -> Row:
        """What the figures are reckoned from."""
        places = (place for place, (name, _) in enumerate(self.ranked, 1) if name in self.case.accepted)
        return Row(self.ranked[0][1] if self.ranked else 0.0, next(places, None), self.case.in_scope)


def measure(bot: Bot, cases: Iterable[Case]) -> list[Result]:
    """The results in the order of the cases."""
    return [_measured(replace(case, countries=_listed(case.countries, bot)), bot) for case in cases]


def rows(results: Iterable[Result]) -> list[Row]:
    """The rows of the results, without those of chat: no entry is right there, and small talk is."""
    return [result.row for result in results if not result.case.chat]


def _listed(names: Sequence[str], bot: Bot) -> tuple[str, ...]:
    """The names as the base's list has them: a row may say Turkey where the list says Türkiye."""
    found = ((name, bot.lexicon.names.find(plain_words(name))) for name in names)
    return tuple(value.name for name, mentions in found for mention in mentions for value in mention.values) or tuple(names)


def _measured(case: Case, bot: Bot) -> Result:
    trace = bot.trace(case.message, bot.after(case.turns[:-1]))
    reply = trace.reply
    told = [answer.stance for answer in reply.answers if answer.stance]
    judged = (told[0] == case.stance) if case.stance and told else None
    return Result(case, reply, outcome(case, reply), judged, _ranked(trace.resolutions[0].match.evidence))


def _ranked(evidence: Iterable[Evidence]) -> tuple[tuple[str, float], ...]:
    return tuple((item.candidate.target.id, item.score) for item in evidence if item.candidate.target.kind in ENTRY_KINDS)


def outcome(case: Case, reply: Reply) -> str:
    """The one word for what became of a case."""
    if case.chat:
        return _chat(case, reply)
    if reply.status == "clarify":
        return "offered" if set(case.accepted) & {option.id for option in reply.options} else "asked back"
    if reply.status != "answer":
        return "refused"
    return _answered(case, reply)


def _chat(case: Case, reply: Reply) -> str:
    if case.danger and reply.reason != "danger":
        return "wrong" if reply.status == "answer" else "refused"
    return {"smalltalk": "right", "handoff": "right", "answer": "wrong", "clarify": "asked back"}.get(reply.status, "refused")


def _answered(case: Case, reply: Reply) -> str:
    ids = {answer.id for answer in reply.answers}
    groups = case.accept_all or ((case.accept,) if case.accept else ())
    met = [bool(ids & set(group)) for group in groups]
    if not any(met) and ids <= set(case.near):
        return "near"
    if not any(met) or not _names_right(case, reply):
        return "wrong"
    if not ids <= {*case.accepted, *case.near}:
        return "extra"
    return "right" if all(met) else "part"


def _names_right(case: Case, reply: Reply) -> bool:
    """Whether an answer that depends on a country is about the countries that were meant."""
    told = {slot.name for answer in reply.answers for slots in answer.slots.values() for slot in slots}
    wanted = set(case.countries)
    if not wanted or not told:
        return True
    return bool(wanted & told) if case.ambiguous else wanted <= told


def by_kind(results: Sequence[Result]) -> dict[str, Counter[str]]:
    """Kind -> how often each outcome came; a row counts under its further kinds too."""
    table: dict[str, Counter[str]] = {}
    for result in results:
        for kind in result.case.kinds:
            table.setdefault(kind, Counter())[result.outcome] += 1
    return table


SUMS = {"in scope": True, "out of scope": False}


def sums(results: Sequence[Result]) -> dict[str, Counter[str]]:
    """The same for all rows in scope and out of scope, without those of chat; neither name if it has no row."""
    chosen = {
        name: Counter(result.outcome for result in results if result.case.in_scope is inside and not result.case.chat)
        for name, inside in SUMS.items()
    }
    return {name: counts for name, counts in chosen.items() if counts}


def seen(bot: Bot, cases: Sequence[Case]) -> list[Case]:
    """The cases whose message stands word for word among the alternates, or among what is listed as outside the base: they measure
    nothing. That "hello" is a greeting may stand in both."""
    known = {plain_words(text) for text in wordings_of((*ENTRY_KINDS, *OUTSIDE_KINDS), bot.index)}
    known -= {plain_words(entry.question) for entry in bot.kb.entries.values()}
    return [case for case in cases if plain_words(case.message) in known]
