"""What the program knows of English: stems, words that carry little meaning, and which strings are words."""

import re
from collections.abc import Sequence
from functools import cache
from pathlib import Path

import Stemmer

# Words of form rather than matter (after the list of the Snowball project, https://snowballstem.org, shortened: "who", "where",
# "when", "how", "many", "not", "no", "without" tell questions apart and stay out of it).
STOP_WORDS = frozenset(
    "a an the this that these those some any each such same other another both own only just also too very so then than"
    " i me my mine we us our you your yours he him his she her hers it its they them their theirs somebody someone anybody anyone one"
    " am is are was were be been being do does did done doing have has had having will would shall should can could may might must"
    " and or but if of at by for with about to from in on into onto upon as up out over there here please tell know like get"
    " got go going what which whose let say says said thing things really actually exactly now today well ok okay hello hi hey thanks"
    " thank sorry sir madam lot kind way yet still even ever again kindly yo lol nah nope yeah yep aye mate bro bruh dude guys guy folk"
    " folks innit eh huh duh ya yall tho though like basically literally honestly seriously legit bit stuff somehow anyway whatever just"
    " quite maybe perhaps wonder wondering heard".split()
)


# The stemmer takes "authorized" for a form of "author", but "authorised" for a word of its own.
_IZE = re.compile(r"(?<=[a-z]{3}i)z(?=(?:e|ed|es|er|ers|ing|ation|ations)$)")


def stems(words: Sequence[str]) -> tuple[str, ...]:
    """The stems of lower-case English words (Snowball's Porter2: M. F. Porter, 2001), -ize and -ise being one; names in braces stay as
    they are.

    A stemmer of its own for each call, because PyStemmer's objects must not be shared between threads.
    """
    return tuple(Stemmer.Stemmer("english", 0).stemWords([_IZE.sub("s", word) for word in words]))


def is_word(word: str) -> bool:
    """Whether a lower-case string is an English word, British or American (SCOWL, sizes 10 to 50)."""
    wanted, words = word.encode(), _dictionary()
    low, high = 0, len(words)
    while low < high:
        start = words.rfind(b"\n", low, (low + high) // 2) + 1 or low
        end = words.index(b"\n", start)
        if words[start:end] == wanted:
            return True
        low, high = (end + 1, high) if words[start:end] < wanted else (low, start)
    return False


@cache
def _dictionary() -> bytes:
    """The words in order, a line each: fifty thousand strings would take six times the memory. Read when the first string that the base
    does not know is met."""
    content = Path(__file__).with_name("english.txt").read_bytes()
    return content[content.rindex(b"\n#") + 1 :].partition(b"\n")[2]
