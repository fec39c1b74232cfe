"""How short, plain and reachable the answers are: python tests/measure/answers.py [FOLDER] (pip install textstat==0.7.3 first).

Words of each answer (of a myth: fact, why and remember together) and of what is shown on request (`more`), Flesch reading ease
(R. Flesch, 1948, by textstat), and the hedges: turns of speech that put where a fact comes from into its sentence. Then the lines of a
whole reply in a terminal of 80 by 24, and the wordings of tests/content/coverage.yaml (what the seeds hold) and asked.yaml (what people
asked) that a right entry of the base answers.
"""

import re
import sys
from collections.abc import Iterator
from pathlib import Path
from statistics import median, quantiles

import yaml

from bot import Bot
from bot.kb.files import default_folder
from bot.knowledge import Entry
from bot.render.terminal import Screen, lines_of, render
from bot.terminal.fold import fitted
from bot.terminal.repl import AROUND
from bot.terminal.session import Session

HEDGES = re.compile(
    r"\bBy (?:an?|the|press|law|lawyers')\b[^.]{0,60}?(?:account|report|page|list|article|blog|firm|release|notice|paper|study|manual)"
    r"|\b(?:is|are) not known to us\b|\b[Ww]e follow\b|\bthat we (?:read|saw) in a copy\b"
)
FIRM = re.compile(r"law (?:firm|blog)", re.IGNORECASE)
SCREEN = Screen(80, height=24)
CONTENT = Path(__file__).parents[1] / "content"
TABLES = {"what the seeds hold": "coverage", "what people asked": "asked"}
LONGEST = 10


def shown(entry: Entry) -> str:
    """What stands in a reply before anything is asked for."""
    return " ".join(text for text in (entry.answer, *entry.points, *entry.steps, entry.why, entry.remember) if text)


def screens(bot: Bot) -> Iterator[tuple[str, int, bool]]:
    """Each entry's id, the lines of its whole reply in the terminal, and whether the answer's first line stands on the first screen."""
    whole = Session(bot, lambda: bot)
    cut = Session(bot, lambda: bot, fit=lambda blocks: fitted(blocks, SCREEN, SCREEN.height - AROUND))
    for entry in bot.kb.entries.values():
        first = " ".join(entry.answer.split()[:5])
        on_screen = " ".join(render(cut.handle(f"/show {entry.id}"), SCREEN).split())
        yield entry.id, lines_of(whole.handle(f"/show {entry.id}"), SCREEN), first in on_screen


def reached(bot: Bot, table: str) -> Iterator[tuple[frozenset[str], str, bool]]:
    """For each wording of a table the entries that answered it (or, without one, the reason), itself, and whether one of them is right."""
    for row in yaml.safe_load((CONTENT / f"{table}.yaml").read_text("utf-8")):
        for message in row.get("say", ()):
            reply = bot.ask(message)
            got = frozenset(answer.id for answer in reply.answers) or frozenset({reply.reason or reply.status})
            yield got, message, bool(got & set(row.get("entries") or row["accept"]))


def main(folder: Path) -> None:
    import textstat  # needed by nothing else here

    bot = Bot.load(folder)
    entries = list(bot.kb.entries.values())
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
    lines = list(screens(bot))
    begun = sum(seen for _, _, seen in lines)
    print(f"lines of a reply, {SCREEN.width} by {SCREEN.height}: {spread([count for _, count, _ in lines])}; {begun} begin on the screen")
    for title, table in TABLES.items():
        rows = list(reached(bot, table))
        print(f"{title}: {sum(right for *_, right in rows)} of {len(rows)} wordings reach a right entry")
        for got, message, right in rows:
            if not right:
                print(f"  {message}: {', '.join(sorted(got))}")


def spread(counts: list[int]) -> str:
    """Median, 90th percentile and most."""
    return f"median {median(counts):.0f}, 90th percentile {quantiles(counts, n=10)[-1]:.0f}, most {max(counts)}"


def below(ease: dict[str, float]) -> int:
    return sum(value < 50 for value in ease.values())


if __name__ == "__main__":
    main(Path(sys.argv[1]) if len(sys.argv) > 1 else default_folder())
