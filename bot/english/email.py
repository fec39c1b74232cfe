"""A message as it was pasted -> what its sender wrote now: no quoted mail, no greeting, no signature, no disclaimer, no form around it."""

import re

from bot.english.phrases import FORM_FIELDS_READ, MAIL_CLOSING, MAIL_GREETING, MAIL_NOTICE

_FIELD = re.compile(r"^\s*([A-Z][A-Za-z -]{1,24}):\s*(.*)$")
_FEW = 3  # lines from which a message is read as a letter
_LONG = 25  # words from which a message is read as a letter


def is_letter(text: str) -> bool:
    """Whether a message is long enough, and of enough lines, to have been a mail or a form."""
    return text.count("\n") >= _FEW - 1 and len(text.split()) >= _LONG


def body(text: str) -> str:
    """What the sender of a letter wrote now, a paragraph a line; a message that is no letter as it is. Quoted and forwarded mail,
    signatures and common disclaimers are taken out by mail-parser-reply (A. Vasilakis, MIT)."""
    if not is_letter(text):
        return text
    lines = _without_ends(_fields(_latest(text).splitlines()))
    paragraphs = re.split(r"\n\s*\n", "\n".join(lines))
    kept = [" ".join(paragraph.split()) for paragraph in paragraphs if paragraph.strip() and not MAIL_NOTICE.search(paragraph)]
    return "\n".join(kept) or text


def _latest(text: str) -> str:
    from mailparser_reply import EmailReplyParser  # only a letter needs it

    replies = EmailReplyParser(languages=["en"]).read(text).replies
    return next((reply.body for reply in replies if reply.body and reply.body.strip()), text)


def _fields(lines: list[str]) -> list[str]:
    """The lines of a form without its other fields."""
    found = [(_FIELD.match(line), line) for line in lines]
    if sum(field is not None for field, _ in found) < _FEW:
        return lines
    return [(field[2] if field else line) for field, line in found if not field or FORM_FIELDS_READ.match(field[1])]


def _without_ends(lines: list[str]) -> list[str]:
    """The lines between greeting and closing."""
    text = [place for place, line in enumerate(lines) if line.strip()]
    first = next((place for place in text if not MAIL_GREETING.match(lines[place])), 0)
    ends = [place for place in text if place > first and MAIL_CLOSING.match(lines[place]) and _tail(lines[place + 1 :])]
    return lines[first : ends[0] if ends else len(lines)]


def _tail(lines: list[str]) -> bool:
    """Whether lines can stand behind a closing: few, short, and none of them a question."""
    said = [line for line in lines if line.strip()]
    return len(said) <= 5 and not any("?" in line for line in said) and sum(len(line.split()) for line in said) <= 45
