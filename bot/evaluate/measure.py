"""Cases and a bot -> what became of each, in the words that the project measures with."""

from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass, replace

from bot.candidates import owner_of
from bot.engine import Bot
from bot.evaluate.cases import Case
from bot.knowledge import ENTRY_KINDS
from bot.reply import Reply
from bot.text import plain_words

OUTCOMES = ("right", "extra", "offered", "part", "refused", "asked back", "wrong")
"""right: answered, and every answer is accepted (of chat: small talk or handoff). extra: a right answer beside one not asked for.
offered: asked back with an accepted entry among the options. part: some of several questions answered. refused: none, small talk or
handoff. asked back: a clarify without an accepted option. wrong: an answer that is not accepted."""


@dataclass(frozen=True, slots=True)
class Result:
    """One case, its reply and the outcome."""

    case: Case
    reply: Reply
    outcome: str
    stance_right: bool | None = None


def measure(bot: Bot, cases: Sequence[Case]) -> list[Result]:
    """The results in the order of the cases."""
    return [_result(replace(case, countries=_listed(case.countries, bot)), bot.ask(case.message)) for case in cases]


def _listed(names: Sequence[str], bot: Bot) -> tuple[str, ...]:
    """The names as the base's list has them: a row may say Turkey where the list says Türkiye."""
    found = ((name, bot.lexicon.names.find(plain_words(name))) for name in names)
    return tuple(value.name for name, mentions in found for mention in mentions for value in mention.values) or tuple(names)


def _result(case: Case, reply: Reply) -> Result:
    told = [answer.stance for answer in reply.answers if answer.stance]
    judged = (told[0] == case.stance) if case.stance and told else None
    return Result(case, reply, outcome(case, reply), judged)


def outcome(case: Case, reply: Reply) -> str:
    """The one word for what became of a case."""
    if case.chat:
        return _chat(case, reply)
    if reply.status == "clarify":
        wanted = {*case.accept, *(name for group in case.accept_all for name in group)}
        return "offered" if wanted & {option.id for option in reply.options} else "asked back"
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
    accepted = {name for group in groups for name in group}
    met = [bool(ids & set(group)) for group in groups]
    if not any(met) or not _names_right(case, reply):
        return "wrong"
    if not ids <= accepted:
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
        for kind in dict.fromkeys((result.case.kind, *result.case.also)):
            table.setdefault(kind, Counter())[result.outcome] += 1
    return table


def seen(bot: Bot, cases: Sequence[Case]) -> list[Case]:
    """The cases whose message stands word for word among the alternates, or among what is listed as outside the base: they measure
    nothing. That "hello" is a greeting may stand in both."""
    index = bot.index
    measured = {owner for owner, item in enumerate(index.owners) if item.kind in (*ENTRY_KINDS, "outside")}
    own = len(index.wordings) - len(index.excludes)
    known = {plain_words(text) for number, text in enumerate(index.wordings[:own]) if owner_of(number, index) in measured}
    known -= {plain_words(entry.question) for entry in bot.kb.entries.values()}
    return [case for case in cases if plain_words(case.message) in known]
