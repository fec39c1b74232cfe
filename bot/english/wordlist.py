"""Which strings are English words."""

from functools import cache
from pathlib import Path


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
    content = Path(__file__).with_name("wordlist.txt").read_bytes()
    return content[content.rindex(b"\n#") + 1 :].partition(b"\n")[2]
