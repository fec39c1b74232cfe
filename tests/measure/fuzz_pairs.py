"""Ask a base pairs of its own sentences, joined and in conversation: nothing may raise.

    python tests/measure/fuzz_pairs.py [--pairs 50000] [--seed 1] [--intents FOLDER]

The sentences are the base's small talk, declined and out-of-scope lines, questions, facts, claims and denials. Each pair is joined into one
message or sent as two, half of them after a third sentence. Prints every conversation that raised, with the error and where it was raised,
then a count for each such place. Exits with 1 if there was any. The same seed gives the same pairs.
"""

import argparse
import random
import sys
import traceback
from collections import Counter
from collections.abc import Iterator
from dataclasses import dataclass
from itertools import islice
from pathlib import Path
from typing import get_args

from bot import Bot
from bot.clock import clock
from bot.kinds import TalkKind
from bot.knowledge import ENTRY_KINDS, KnowledgeBase
from bot.matching.candidates import wordings_of

JOINTS = ("? ", " and ", ". ", ", ", "! ", "\n", " ", "? and ", " or ", "... ", "; ", " but ")
ENDS = ("", "", "?", ".", "!", " please")
TALK: tuple[TalkKind, ...] = get_args(TalkKind)
CHANGES = (str, str, str, str.upper, str.capitalize)

Turns = tuple[str, ...]


@dataclass(frozen=True)
class Fault:
    """A conversation whose last message raised."""

    turns: Turns
    error: str
    place: str


def sentences(bot: Bot) -> list[list[str]]:
    """All that the base expects to be asked or states, by group, with names in place of placeholders."""
    entries = bot.kb.entries.values()
    groups = [[*wordings_of(kinds, bot.index)] for kinds in (*((kind,) for kind in TALK), ENTRY_KINDS)]
    groups += [[fact for entry in entries for fact in entry.facts], [said for entry in entries for said in (*entry.claims, *entry.denials)]]
    return [[filled(text, bot.kb) for text in group] for group in groups if group]


def filled(text: str, kb: KnowledgeBase) -> str:
    """A wording with the first name of each entity in place of its placeholder."""
    for name, entity in kb.entities.items():
        text = text.replace(f"{{{name}}}", entity.values[0].name if entity.values else name)
    return text


def conversations(groups: list[list[str]], seed: int) -> Iterator[Turns]:
    """Endless conversations of one to three messages, with as many sentences from each group."""
    draw = random.Random(seed)
    while True:
        opener, one, other = (draw.choice(group) for group in draw.choices(groups, k=3))
        one, other = draw.choice(CHANGES)(one), draw.choice(CHANGES)(other) + draw.choice(ENDS)
        pair = (one, other) if draw.random() < 0.3 else (one.rstrip(".?! ") + draw.choice(JOINTS) + other,)
        yield (opener, *pair) if draw.random() < 0.5 else pair


def fault(bot: Bot, turns: Turns) -> Fault | None:
    """What a conversation raised, if anything."""
    try:
        bot.after(turns)
    except Exception as error:  # whatever is raised is what is looked for
        last = traceback.extract_tb(error.__traceback__)[-1]
        return Fault(turns, f"{type(error).__name__}: {error}", f"{Path(last.filename).name}:{last.lineno} {last.name}")
    return None


def faults(bot: Bot, pairs: int, seed: int) -> Iterator[Fault]:
    """The faults among some pairs."""
    found = (fault(bot, turns) for turns in islice(conversations(sentences(bot), seed), pairs))
    return (item for item in found if item)


def main() -> int:
    parser = argparse.ArgumentParser(description="Ask pairs of a base's own sentences.")
    parser.add_argument("--pairs", type=int, default=50_000)
    parser.add_argument("--seed", type=int, default=1)
    parser.add_argument("--intents", type=Path)
    given = parser.parse_args()
    places: Counter[str] = Counter()
    for item in faults(Bot.load(given.intents, clock=clock), given.pairs, given.seed):
        places[f"{item.error} in {item.place}"] += 1
        print(f"{item.error} in {item.place}: {item.turns}", flush=True)
    print(f"{given.pairs} pairs, {places.total()} raised", *(f"{times}: {place}" for place, times in places.most_common()), sep="\n")
    return 1 if places else 0


if __name__ == "__main__":
    sys.exit(main())
