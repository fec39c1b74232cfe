"""FAQs in Markdown and plain text: "Q: ... A: ...", headings, bold lines, or lines that end in a question mark, each with what follows."""

import re
from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field

from bot.imports.files import File
from bot.imports.found import Found, Item, Markup, Note, Skipped, Text
from bot.imports.plain_text import ITEM, is_markdown

NAMES = ("markdown", "text")
ABOUT = "a FAQ in Markdown or plain text"

_ENDINGS = (".md", ".markdown", ".txt", ".text", ".rst")
_MARKDOWN = (".md", ".markdown")
_Q = re.compile(r"^\W*(?:Q|Question|Frage|F|Pregunta|P)\s*\d*\s*[:.)]\s*(?:\*\*)?\s*(?P<text>\S.*)$", re.I)
_A = re.compile(r"^\W*(?:A|Answer|Antwort|Respuesta|R)\s*\d*\s*[:.)]\s*(?:\*\*)?\s*(?P<text>.*)$", re.I)
_HEADING = re.compile(r"^(?P<marks>#{1,6})\s+(?P<text>.*?)\s*#*\s*$")
_BOLD = re.compile(r"^\s*(?:\d+[.)]\s*)?(?:\*\*|__)(?P<text>[^*_]+\?)(?:\*\*|__)\s*$")
_ASKED = re.compile(r"^\s*(?:\d+[.)]\s*|[-*•]\s+)?(?P<text>[^\s].*\?)\s*$")
_FENCE = re.compile(r"^\s*(```|~~~)")
_ANCHOR = re.compile(r"""^\s*<a (?:id|name)=["']?([\w-]+)["']?>\s*</a>\s*$""")
_TAIL = re.compile(r"(?:\n\nAs of (?P<date>\d{4}(?:-\d\d){0,2})\.)?(?:\n\nSources:\n\n(?P<sources>(?:- .*(?:\n|\Z))+))?\s*\Z")
_WRAPPED = 55
"""Characters from which on a line of plain text is taken to go on in the next one."""


def recognise(file: File) -> bool:
    return file.ending in _ENDINGS and not file.is_zip and bool(_style(_lines(file.start))[0])


def read(files: Sequence[File], named: Mapping[str, str] | None = None) -> Iterator[Found]:
    for file in files:
        where = f"{file.name}, " if len(files) > 1 else ""
        lines = _lines(file.text)
        _, asked = _style(lines)
        markup: Markup = "markdown" if file.ending in _MARKDOWN or is_markdown(file.text) else "plain"
        yield from _items(lines, asked, where, markup)


@dataclass(slots=True)
class _Section:
    """A question with the lines of its answer; the first has none and holds what stands before all questions."""

    line: int
    questions: list[str]
    theme: str = ""
    name: str = ""
    answer: list[str] = field(default_factory=list)


@dataclass(frozen=True, slots=True)
class _Line:
    """A line with its number from 1; `code`: inside a fence."""

    number: int
    text: str
    code: bool = False


_Asked = Callable[[_Line], str]
"""The question that a line holds, "" if it holds none."""


def _lines(text: str) -> list[_Line]:
    """The lines of a text, without the front matter of static sites, with underlined headings written as others."""
    found: list[_Line] = []
    inside, front = False, text.startswith("---\n")
    for number, line in enumerate(text.split("\n"), 1):
        if front:
            front = number == 1 or line.rstrip() not in ("---", "...")
            continue
        fence = bool(_FENCE.match(line))
        inside ^= fence
        if found and not inside and re.fullmatch(r"=+|-{3,}", line.strip()) and found[-1].text.strip() and not found[-1].code:
            level = "#" if line.strip()[0] == "=" else "##"
            found[-1] = _Line(number - 1, f"{level} {found[-1].text.strip()}")
        else:
            found.append(_Line(number, line, inside or fence))
    return found


def _style(lines: Sequence[_Line]) -> tuple[str, _Asked]:
    """How a text marks its questions, the surest way first."""
    told = [line for line in lines if not line.code]
    if any(_Q.match(line.text) for line in told) and any(_A.match(line.text) for line in told):
        return "q", lambda line: _group(_Q, line)
    headings = [line for line in told if _HEADING.match(line.text)]
    asking = [line for line in headings if _group(_HEADING, line).endswith("?")]
    if asking:
        return "heading", lambda line: _group(_HEADING, line) if _group(_HEADING, line).endswith("?") else ""
    if any(_BOLD.match(line.text) for line in told):
        return "bold", lambda line: _group(_BOLD, line)
    if any(_ASKED.match(line.text) for line in told):
        return "asked", lambda line: _group(_ASKED, line)
    deeper = [line for line in headings if not line.text.startswith("# ")]
    return ("heading" if deeper else ""), lambda line: "" if line.text.startswith("# ") else _group(_HEADING, line)


def _group(pattern: re.Pattern[str], line: _Line) -> str:
    found = None if line.code else pattern.match(line.text)
    return re.sub(r"(?:\*\*|__)\s*$", "", found["text"]).strip() if found else ""


def _items(lines: Sequence[_Line], asked: _Asked, where: str, markup: Markup) -> Iterator[Found]:
    sections, outside = _sections(lines, asked)
    for line, text in outside:
        yield Skipped(f"{where}line {line}", text[:80], "it belongs to no question")
    for section in sections:
        place, answer = f"{where}line {section.line}", "\n".join(section.answer).strip("\n")
        if not answer.strip():
            yield Skipped(place, section.questions[0][:80], "no answer stands below it")
        else:
            answer, date, sources = _without_tail(answer)
            body = Text(answer if markup == "markdown" else _unwrapped(answer), markup)
            notes = (Note("metadata", sources),) if sources else ()
            yield Item(place, tuple(section.questions), body, name=section.name, theme=section.theme, as_of=date, notes=notes)


def _without_tail(answer: str) -> tuple[str, str, str]:
    """An answer without the date and the sources that our own pages of Markdown write below it; the date, and the beginning of the
    sources."""
    found = _TAIL.search(answer)
    return (answer[: found.start()], found["date"] or "", " ".join((found["sources"] or "").split())[:60]) if found else (answer, "", "")


@dataclass(slots=True)
class _Reading:
    """The questions so far with their answers, the lines that belong to none, and what the next question stands under."""

    sections: list[_Section] = field(default_factory=list)
    outside: list[tuple[int, str]] = field(default_factory=list)
    theme: str = ""
    anchor: str = ""
    closed: bool = True

    def question(self, line: _Line, question: str) -> None:
        if not self.closed and not any(text.strip() for text in self.sections[-1].answer):
            self.sections[-1].questions.append(question)
            return
        self.sections.append(_Section(line.number, [question], self.theme, self.anchor))
        self.anchor, self.closed = "", False

    def further(self, line: _Line) -> None:
        """A line of an answer, or one that belongs to no question."""
        if self.closed:
            self.outside += [(line.number, line.text.strip())] if line.text.strip() else []
            return
        lines = self.sections[-1].answer
        answer = None if line.code or lines else _A.match(line.text)
        if answer or line.text.strip() or lines:
            lines.append(answer["text"] if answer else line.text)


def _sections(lines: Sequence[_Line], asked: _Asked) -> tuple[list[_Section], list[tuple[int, str]]]:
    """The questions with their answers, and the lines that belong to none."""
    found = _Reading()
    for line in lines:
        heading, anchor = _group(_HEADING, line), None if line.code else _ANCHOR.match(line.text)
        if question := asked(line):
            found.question(line, question)
        elif anchor:
            found.anchor = anchor[1]
        elif heading and (found.closed or not line.text.startswith("###")):
            found.theme, found.closed = "" if line.text.startswith("# ") else heading, True
        else:
            found.further(line)
    return found.sections, found.outside


def _unwrapped(text: str) -> str:
    """Plain text whose wrapped lines are joined again: a line goes on if it is long and what follows is no line of a list."""
    found: list[str] = []
    last = ""
    for line in text.split("\n"):
        if found and len(last) >= _WRAPPED and line.strip() and not ITEM.fullmatch(line):
            found[-1] += f" {line.strip()}"
        else:
            found.append(line)
        last = line.rstrip()
    return "\n".join(found)
