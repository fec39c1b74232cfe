"""What every base has without writing it: help in danger, the wish for a person, greetings, what is asked of the bot itself, what hardly
any base is about, and other languages.

The files of bot/defaults have the form of smalltalk.yaml, outside.yaml and languages.yaml. A base takes the place of a default by its
id: its own text is said, its wordings come on top. Its settings name the groups that it keeps (`defaults`). What an entry of the base
asks in so many words is taken out of the defaults.
"""

from collections.abc import Mapping
from dataclasses import dataclass, replace
from functools import cache
from pathlib import Path
from typing import Any, cast

from bot.english.tokens import plain_words
from bot.errors import Problem
from bot.kb.nodes import parse
from bot.kb.schema import DEFAULTS, DOCUMENTS
from bot.kb.talk import languages, small_talk
from bot.kinds import KINDS
from bot.knowledge import KnowledgeBase, Language, Settings, SmallTalk

FOLDER = Path(__file__).resolve().parents[1] / "defaults"

_FORMS = {"outside": "outside", "languages": "languages"}
"""The kind of document that a file has; small talk if none is named here."""


@dataclass(frozen=True, slots=True)
class Group:
    """What one file of defaults holds, and what is wrong with it: nothing, in a package that was tested."""

    talk: Mapping[str, SmallTalk]
    languages: Mapping[str, Language]
    problems: tuple[Problem, ...] = ()


@cache
def group(name: str) -> Group:
    """One of the groups DEFAULTS. Raises OSError if the package is incomplete."""
    document, found = _FORMS.get(name, "smalltalk"), list[Problem]()
    node, faults = parse(f"{name}.yaml", (FOLDER / f"{name}.yaml").read_text("utf-8"))
    fields = DOCUMENTS[document].read(node, "", found.append) if node else None
    problems = (*faults, *found)
    if problems or document == "languages":
        return Group({}, {} if problems else languages(cast("dict[str, dict[str, Any]]", fields)), problems)
    items = (replace(small_talk(document, item), default=True) for item in cast("list[dict[str, Any]]", fields))
    return Group({item.id: item for item in items}, {})


def groups_of(settings: Settings) -> list[Group]:
    """The groups that a base keeps."""
    return [group(name) for name in (DEFAULTS if settings.defaults is None else settings.defaults)]


def default_ids(settings: Settings) -> frozenset[str]:
    """The ids of the small talk that a base has without writing it."""
    return frozenset(name for kept in groups_of(settings) for name in kept.talk)


def with_defaults(kb: KnowledgeBase) -> KnowledgeBase:
    """The base with the defaults that it keeps, and the text of its small talk with {handoff} filled in."""
    kept = groups_of(kb.settings)
    own = {plain_words(text) for entry in kb.entries.values() for text in entry.questions}
    talk = {name: _without(item, own) for one in kept for name, item in one.talk.items() if name not in kb.entries}
    talk |= {name: _over(talk.get(name), item) for name, item in kb.talk.items()}
    spoken = {code: item for one in kept for code, item in one.languages.items()}
    spoken |= {code: _told(spoken.get(code), item) for code, item in kb.languages.items()}
    filled = {name: replace(item, answer=_filled(item.answer, kb.settings)) for name, item in sorted(talk.items()) if item.alternates}
    return replace(kb, talk=filled, languages=dict(sorted(spoken.items())))


def _without(item: SmallTalk, own: set[tuple[str, ...]]) -> SmallTalk:
    """A default without the wordings that the base answers itself; but a cry for help stays one."""
    kept = item.alternates if KINDS[item.kind].first else tuple(text for text in item.alternates if plain_words(text) not in own)
    return replace(item, alternates=kept)


def _over(default: SmallTalk | None, own: SmallTalk) -> SmallTalk:
    """An item of the base in the place of a default."""
    if default is None:
        return own
    alternates, phrases = (*own.alternates, *default.alternates), (*own.phrases, *default.phrases)
    return replace(own, alternates=tuple(dict.fromkeys(alternates)), phrases=tuple(dict.fromkeys(phrases)))


def _told(default: Language | None, own: Language) -> Language:
    """A language of the base, which need not say anew how danger is told in it."""
    return replace(own, distress=default.distress) if default and not own.distress else own


def _filled(answer: str, settings: Settings) -> str:
    return answer.replace("{handoff}", settings.handoff).strip()
