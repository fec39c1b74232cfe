"""How myths are read that nobody wrote down: each claim and denial of the base, judged by the others of its myth.

    python tests/measure/left_out_statements.py [--show]

Prints how many claims are confirmed, how many are taken as denials, and the same for denials. With --show every statement that is taken
as its contrary is printed.
"""

import argparse
from collections import Counter
from collections.abc import Iterator
from dataclasses import replace

from bot import Bot
from bot.answering.confirmation import confirms
from bot.answering.stance import reading
from bot.knowledge import Entry


def left_out(entry: Entry) -> Iterator[tuple[str, str, Entry]]:
    """(the right stance, a statement, the myth without it)."""
    for text in (str(entry.claim), *entry.claims):
        others = tuple(other for other in entry.claims if other.rstrip(".") != text.rstrip("."))
        yield "asserts_myth", text, replace(entry, claim=None if text == entry.claim else entry.claim, claims=others)
    for text in entry.denials:
        yield "denies_myth", text, replace(entry, denials=tuple(other for other in entry.denials if other != text))


def main() -> None:
    parser = argparse.ArgumentParser()
    parser.add_argument("--show", action="store_true")
    given = parser.parse_args()
    bot, counts = Bot.load(), Counter[str]()
    for entry in bot.kb.entries.values():
        for right, text, rest in left_out(entry) if entry.kind == "myth" else ():
            read = reading(text, rest, bot.kb.usage)
            counts[f"{right}: read as {read.stance}"] += 1
            counts[f"{right}: confirmed"] += confirms(text, read, rest, bot.kb.usage)
            if given.show and read.stance not in (right, "asks"):
                print(entry.id, right, text, sep=" | ")
    print(*(f"{name} {count}" for name, count in sorted(counts.items())), sep="\n")


if __name__ == "__main__":
    main()
