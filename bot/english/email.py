"""A message as it was pasted -> what its sender wrote now: no quoted mail, no greeting, no signature, no disclaimer, no form around it.

No cut removes a question that is not quoted: where a closing, a notice or a field holds one, it stays.
"""

import re
from collections.abc import Iterator

from bot.english.phrases import FORM_FIELDS_READ, MAIL_CLOSING, MAIL_GREETING, MAIL_NOTICE
from bot.english.sentences import LIST_MARK, OPENING, asks

_FIELD = re.compile(r"^\s*([A-Z][A-Za-z -]{1,24}):\s*(.*)$")
_QUOTED = re.compile(r"^\s*>")
_RULE = re.compile(r"^\s*[_-]{32,}")
_FEW = 3  # lines from which a message is read as a letter
_LONG = 25  # words from which a message is read as a letter
_SIGNED = 5  # lines that stand behind a closing at most
_SIGNED_WORDS = 45  # their words
_BRIEF = 4  # words that a closing has at most which stands before more text

HEADER_LINES = 200
HEADER_LENGTH = 150
"""The lines, and the characters of each, that are looked through for where quoted mail begins: the patterns of mail-parser-reply take time
that grows with the square of a line (tests/test_steps.py)."""

LANGUAGES = ["en", "cs", "da", "de", "es", "fr", "it", "nl", "pl", "sv"]
"""Languages of mail programs whose line before quoted mail is known; those of mail-parser-reply that are written in Latin letters."""


def is_letter(text: str) -> bool:
    """Whether a message is long enough, and of enough lines, to have been a mail or a form."""
    return text.count("\n") >= _FEW - 1 and len(text.split()) >= _LONG


def body(text: str, *, is_mail: bool = False) -> str:
    """What the sender of a letter wrote now, a paragraph or an item of a list a line; a message that is no letter as it is, but for mail
    that it quotes. `is_mail`: it came as mail, and has greeting and signature however short it is."""
    if not (is_mail or is_letter(text)):
        return "\n".join(_latest(text.splitlines())) if _may_quote(text) else text
    lines = _without_ends(_fields(_latest(text.splitlines())))
    kept = [paragraph for paragraph in _paragraphs(lines) if "?" in paragraph or not MAIL_NOTICE.search(paragraph[:OPENING])]
    return "\n".join(kept) or text


def _may_quote(text: str) -> bool:
    """Whether a message of a few lines may quote a mail: a line begins with ">", or ends with a colon as the header of a quote does."""
    lines = text.splitlines()
    return len(lines) > 1 and any(_QUOTED.match(line) or line.rstrip().endswith(":") for line in lines)


def _latest(lines: list[str]) -> list[str]:
    """The lines before quoted mail, without quoted lines among them; all of them if there is nothing else."""
    begun = _quoted_from(lines)
    written = [line for line in lines[:begun] if not _QUOTED.match(line)]
    return written if any(line.strip() for line in written) else lines


def _quoted_from(lines: list[str]) -> int:
    """The number of the line where quoted or forwarded mail begins, by the patterns of mail-parser-reply (A. Vasilakis, MIT). Its cuts of
    signatures and disclaimers are not used: they take all that follows a line with a hyphen or "Thanks,"."""
    from mailparser_reply.parser import EmailMessage  # only a letter needs it

    plain = "\n".join("" if _RULE.match(line) else line[:HEADER_LENGTH].replace("\u00a0", " ") for line in lines[:HEADER_LINES])
    mail = EmailMessage(text=plain, languages=[*LANGUAGES])
    header = mail.HEADER_REGEX.search(mail.text)
    return mail.text.count("\n", 0, header.start() + len(header[0]) - len(header[0].lstrip())) if header else len(lines)


def _fields(lines: list[str]) -> list[str]:
    """The lines of a form without its other fields."""
    found = [(_FIELD.match(line), line) for line in lines]
    if sum(field is not None for field, _ in found) < _FEW:
        return lines
    return [field[2] if field else line for field, line in found if not field or _is_read(field)]


def _is_read(field: re.Match[str]) -> bool:
    return bool(FORM_FIELDS_READ.match(field[1])) or "?" in field[2]


def _without_ends(lines: list[str]) -> list[str]:
    """The lines between greeting and closing, without closings that more text follows."""
    text = [place for place, line in enumerate(lines) if line.strip()]
    first = next((place for place in text if not MAIL_GREETING.match(lines[place])), 0)
    closings = [place for place in text if place > first and MAIL_CLOSING.match(lines[place])]
    last = next((place for place in closings if place in text[-1 - _SIGNED :] and _tail(lines[place + 1 :])), len(lines))
    brief = {place for place in closings if len(lines[place].split()) <= _BRIEF}
    return [line for place, line in enumerate(lines[:last]) if place >= first and place not in brief]


def _tail(lines: list[str]) -> bool:
    """Whether lines, no more than _SIGNED of them with words, can stand behind a closing: short, and none of them a question."""
    return sum(len(line.split()) for line in lines) <= _SIGNED_WORDS and not any(asks(line) for line in lines if line.strip())


def _paragraphs(lines: list[str]) -> Iterator[str]:
    """The lines joined: a new one begins behind an empty line, with an item of a list, and with a line that asks."""
    held: list[str] = []
    for line in (*lines, ""):
        if held and (not line.strip() or LIST_MARK.match(line) or _begins(line)):
            yield " ".join(" ".join(held).split())
            held = []
        if line.strip():
            held.append(LIST_MARK.sub("", line, count=1) if LIST_MARK.match(line) else line)


def _begins(line: str) -> bool:
    """Whether a question begins with a line: it asks by itself and does not go on from the line before."""
    return line.lstrip()[:1].isupper() and len(line) <= HEADER_LENGTH and asks(line)
