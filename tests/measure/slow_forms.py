"""The longest CPU time of one reply, over hostile forms of text in three sizes.

    python tests/measure/slow_forms.py [--worst 20] [--limit 10] [--only NAME] [--intents FOLDER]

Each form is a kind of text that somebody may send to keep the bot busy: one filler or mark again and again, many questions, nested
quotes, words that are all unknown, letters whose lines look like quoted mail. Each is asked alone, and after one of the base's questions.
Its time is that of `Bot.ask` in CPU seconds, once what is loaded once is loaded, and is cut off after --limit. Prints the forms that are
slowest for their bound (0.5 s up to 10,000 characters, 2 s for 100,000), the number of those over it, and those that raise. Exits with 1
if there are any of either.
"""

import argparse
import random
import signal
import sys
import time
from collections.abc import Callable, Iterator, Sequence
from functools import partial
from pathlib import Path

from bot import Bot
from bot.clock import clock

SIZES = (1_000, 10_000, 100_000)
BOUNDS = ((10_000, 0.5), (100_000, 2.0))
"""(characters, CPU seconds): the longest that a reply to a text of at most so many characters may take."""

UNITS = {
    "so": "so, ", "yes": "yes ", "well": "well, ", "not": "not ", "is": "is ", "if": "if ", "and": "and ", "but": "but ",
    "please": "please ", "negation": "not un", "detached": "n't ", "question marks": "?", "parted question marks": "? ",
    "full stops": ".", "commas": ",", "semicolons": "; ", "dashes": "-", "apostrophes": "'", "quotes": '"', "open brackets": "(",
    "line breaks": "\n", "spaces": " ", "underscores": "_", "letter": "a", "letters": "a ", "accents": "\u0301",
    "signs": "\U0001f575\ufe0f", "another script": "привет ", "no spaces": "漢字", "addresses": "a@b.cd ", "links": "http://a.b/c?d ",
    "numbers": "1,000 ", "points": "1) who is it ", "titles": "Mr. ", "short questions": "a? ", "questions": "what is it? ",
    "joined questions": "who is it and ", "conditions": "if it rains, ", "doubts": "is it true that ", "reports": "he says that ",
    "denials": "it is not true that ", "tags": ", isn't it? ", "claims": "{claim}. ", "claims joined": "{claim} and that ",
    "base's questions": "{question} ", "names": "{name}, ", "mail headers": "From: a\n",
    "mail quotes": "On 3 May 2026 at 10:00, a b wrote:\n", "mail quote begun": "On a ", "quote marks": "> ",
    "quoted lines": "> what is it\n", "signatures": "Kind regards,\n", "rules": "-- \n",
}  # fmt: skip
"""Texts to be repeated; {claim}, {question} and {name} are the base's own."""

FILLERS = (
    "so, ", "well, ", "okay, ", "look, ", "yes, ", "no, ", "i mean, ", "please ", "and ", "not ", "hi ", "right? ",
    "my brother says that ", "(", '"', " ",
)  # fmt: skip
"""Texts to be repeated before, inside, and after a claim."""

LINES = {
    "letter": "I have waited for a year and nobody has written to me.\n",
    "letter of empty lines": "\n",
    "letter with quoted mail": "On 3 May 2026 at 10:00, a b wrote:\n> what is it\n",
    "letter with a quote that never begins": "On the ",
    "letter with headers": "From: a\n",
    "letter with disclaimers": "Disclaimer: ",
    "letter with notices": "I received it ",
    "letter with signatures": "Kind regards,\n",
    "letter with rules": "________________________________\n\n",
    "letter with dashes": "- a\n",
}
"""Texts to be repeated in a letter."""

_SALUTATION = (
    "Dear Sir or Madam,\n\nI am writing to you on behalf of my whole family, as nobody at any desk could tell us what we want to know.\n\n"
)

Form = Callable[[int], str]


class TooSlowError(Exception):
    """The limit of one form is over."""


def forms(bot: Bot) -> Iterator[tuple[str, Form]]:
    """The forms by name: each makes a text of about some number of characters."""
    own = {
        "claim": next((entry.claim for entry in bot.kb.entries.values() if entry.claim), "The earth is flat").rstrip("."),
        "question": next((entry.question for entry in bot.kb.entries.values()), "What is it?"),
        "name": next((entity.values[0].name for entity in bot.kb.entities.values()), "Norway"),
    }
    for name, unit in UNITS.items():
        yield name, partial(repeated, unit.format(**own))
    for filler in FILLERS:
        for place in ("before", "inside", "after"):
            yield f"{filler!r} {place} a claim", partial(padded, own["claim"], filler, place)
    for name, unit in LINES.items():
        yield name, partial(letter, unit)
    yield "unknown words", unknown
    yield "unknown questions", lambda size: unknown(size).replace(" ", "? ")
    yield "every wording", lambda size: repeated(" ".join(bot.index.wordings[:2000]), size)
    yield "every word misspelt", lambda size: repeated(" ".join(misspelt(word) for word in bot.index.stems if word.isalpha()), size)


def repeated(unit: str, size: int) -> str:
    return (unit * (size // len(unit) + 1))[:size]


def padded(claim: str, filler: str, place: str, size: int) -> str:
    first, rest = claim.split(" ", 1)
    filled = repeated(filler, size - len(claim) - 2)
    return {"before": f"{filled} {claim}", "inside": f"{first} {filled} {rest}", "after": f"{claim}, {filled}"}[place]


def letter(unit: str, size: int) -> str:
    return _SALUTATION + repeated(unit, size - len(_SALUTATION))


def unknown(size: int) -> str:
    draw = random.Random(size)
    return " ".join("".join(draw.choices("abcdefghijklmnopqrstuvwxyz", k=8)) for _ in range(size // 9))


def misspelt(word: str) -> str:
    return word[:1] + word[2:3] + word[1:2] + word[3:]


def seconds(bot: Bot, text: str, limit: float, talked: Sequence[str] = ()) -> tuple[float, str]:
    """The CPU time of one reply after some others, at most the limit, and the error that was raised, if any."""
    context = bot.after(talked)
    signal.setitimer(signal.ITIMER_VIRTUAL, limit)
    start, error = time.process_time(), ""
    try:
        bot.ask(text, context)
    except TooSlowError:
        pass
    except Exception as raised:  # whatever is raised is told beside the times
        error = repr(raised)
    finally:
        signal.setitimer(signal.ITIMER_VIRTUAL, 0)
    return time.process_time() - start, error


def _stop(*_: object) -> None:
    raise TooSlowError


def bound(size: int) -> float:
    return next(most for characters, most in BOUNDS if size <= characters)


def main() -> int:
    parser = argparse.ArgumentParser(description="Time replies to hostile text.")
    parser.add_argument("--worst", type=int, default=20, help="how many of the slowest are printed")
    parser.add_argument("--limit", type=float, default=10.0, help="CPU seconds after which a form is cut off")
    parser.add_argument("--only", default="", help="only forms whose name contains this")
    parser.add_argument("--intents", type=Path)
    given = parser.parse_args()
    signal.signal(signal.SIGVTALRM, _stop)
    bot = Bot.load(given.intents, clock=clock)
    question = next(iter(bot.kb.entries.values())).question
    bot.after([question, "\u043f\u0440\u0438\u0432\u0435\u0442 " * 9])  # loads the thesaurus, and what tells languages
    chosen = [(name, form(size), size) for name, form in forms(bot) if given.only in name for size in SIZES]
    talked = (("", ()), (", in a conversation", (question,)))
    times = [(*seconds(bot, text, given.limit, before), size, name + where) for name, text, size in chosen for where, before in talked]
    times.sort(key=lambda row: -row[0] / bound(row[2]))
    over = sum(taken > bound(size) for taken, _, size, _ in times)
    for taken, _, size, name in times[: given.worst]:
        print(f"{taken:7.3f} s  {size:7,} characters  {name}")
    raised = [(name, size, error) for _, error, size, name in times if error]
    print(*(f"raised: {size:,} characters of {name}: {error}" for name, size, error in raised), sep="\n")
    print(f"{len(times)} texts, {over} over their bound, {len(raised)} raised")
    return 1 if over or raised else 0


if __name__ == "__main__":
    sys.exit(main())
