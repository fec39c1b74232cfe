"""JSON lines: the whole base, an item on each line (bot.kb.items). All that the bot reads is there; only comments are left out."""

from bot.exports.format import EVERYTHING, Format, Output, Subject
from bot.kb.lines import as_lines


def write(subject: Subject) -> Output:
    return Output({"faq.jsonl": as_lines(subject.items()).encode()})


FORMAT = Format(name="jsonl", about="the whole base in one file, an item on each line", write=write, holds=EVERYTHING)
