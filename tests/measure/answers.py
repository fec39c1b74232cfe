"""How short and plain the answers are: python tests/measure/answers.py [FOLDER] (pip install textstat==0.7.3 first).

Words of each answer (of a myth: fact, why and remember together) and of what is shown on request (`more`), Flesch reading ease
(R. Flesch, 1948, by textstat), and the hedges: turns of speech that put where a fact comes from into its sentence.
"""

import re
import sys
from pathlib import Path
from statistics import median, quantiles

import textstat

from bot import Bot
from bot.kb.files import default_folder
from bot.knowledge import Entry

HEDGES = re.compile(
    r"\bBy (?:an?|the|press|law|lawyers')\b[^.]{0,60}?(?:account|report|page|list|article|blog|firm|release|notice|paper|study|manual)"
    r"|\b(?:is|are) not known to us\b|\bwe follow\b|\bthat we (?:read|saw) in a copy\b",
    re.IGNORECASE,
)
LONGEST = 10


def shown(entry: Entry) -> str:
    """What stands in a reply before anything is asked for."""
    return " ".join(text for text in (entry.answer, entry.why, entry.remember) if text)


def main(folder: Path) -> None:
    entries = list(Bot.load(folder).kb.entries.values())
    words = {entry.id: len(shown(entry).split()) for entry in entries}
    more = [len(entry.more.split()) for entry in entries if entry.more]
    ease = {entry.id: textstat.flesch_reading_ease(shown(entry)) for entry in entries}
    hedges = sum(len(HEDGES.findall(f"{shown(entry)} {entry.more or ''}")) for entry in entries)
    print(f"{len(entries)} entries, {sum(entry.kind == 'myth' for entry in entries)} of them myths")
    for kind in ("faq", "myth"):
        print(f"words of an answer, {kind}: {spread([words[entry.id] for entry in entries if entry.kind == kind])}")
    print(f"words of an answer, all: {spread(list(words.values()))}")
    print(f"words of more ({len(more)} entries): {spread(more) if len(more) > 1 else more}")
    print(f"Flesch reading ease: median {median(ease.values()):.0f}, least {min(ease.values()):.0f}; {below(ease)} entries below 50")
    print(f"hedges: {hedges}; answers that name a law firm or a law blog: {sum(bool(FIRM.search(shown(entry))) for entry in entries)}")
    print("longest:", ", ".join(f"{name} {words[name]}" for name in sorted(words, key=lambda name: -words[name])[:LONGEST]))
    print("hardest:", ", ".join(f"{name} {ease[name]:.0f}" for name in sorted(ease, key=lambda name: ease[name])[:LONGEST]))


FIRM = re.compile(r"law (?:firm|blog)", re.IGNORECASE)


def spread(counts: list[int]) -> str:
    """Median, 90th percentile and most."""
    return f"median {median(counts):.0f}, 90th percentile {quantiles(counts, n=10)[-1]:.0f}, most {max(counts)}"


def below(ease: dict[str, float]) -> int:
    return sum(value < 50 for value in ease.values())


if __name__ == "__main__":
    main(Path(sys.argv[1]) if len(sys.argv) > 1 else default_folder())
