"""Markdown: one page with a heading for each theme and each question, as GitHub and most editors show it."""

from collections.abc import Iterator

from bot.answering.answer import cited
from bot.answering.layout import source_block
from bot.exports.content import answer_of
from bot.exports.format import Format, Output, Subject, keys
from bot.exports.markup import as_markdown, destination, escaped, line_of
from bot.knowledge import Entry
from bot.reply import CitedSource


def write(subject: Subject) -> Output:
    subject, notes = subject.current()
    parts = [f"# {line_of(subject.title)}"]
    for theme, entries in subject.themes():
        parts.append(f"## {line_of(theme.capitalize())}")
        parts += [part for entry in entries for part in _entry(entry, subject)]
    return Output({"faq.md": ("\n\n".join(parts) + "\n").encode()}, tuple(notes))


def _entry(entry: Entry, subject: Subject) -> Iterator[str]:
    yield f'<a id="{subject.anchor(entry)}"></a>'
    yield f"### {line_of(entry.question)}"
    yield as_markdown(answer_of(entry, subject.kb))
    if entry.as_of:
        yield f"As of {entry.as_of}."
    sources = cited(entry, subject.kb)
    if sources:
        yield "Sources:"
        yield "\n".join(f"- {_source(source)}" for source in sources)


def _source(source: CitedSource) -> str:
    block = source_block(source)
    title = escaped(block.label or source.title)
    return f"{f'[{title}]({destination(source.url)})' if source.url else title}. {escaped(block.detail or '')}"


FORMAT = Format(
    name="markdown",
    about="one page of Markdown",
    write=write,
    holds=keys("id theme question answer as_of"),
    shown=keys("claim verdict why remember by_status points steps more sources"),
)
