"""An import for a person at a terminal: what would be written, what is not taken, what to look at."""

import difflib
import os
from collections.abc import Iterable, Iterator, Sequence
from textwrap import indent, shorten, wrap

from bot.english.tokens import safe
from bot.imports.entries import Draft, Import, Line
from bot.imports.findings import Findings
from bot.imports.found import NOT_TAKEN, left_out
from bot.imports.merge import Merge

_MOST = 5
"""Lines of a kind that are shown; the table of the report has all."""

_MOST_DIFF = 40
_WIDTH = 78


def preview(made: Import, findings: Findings) -> str:
    """What would be written, with all that a person should know before."""
    parts = [_counts(made), _first(made.drafts), _untaken(made), _left_out(made), _odd(made), _pairs(findings), _checked(findings)]
    return "\n\n".join(filter(None, parts))


def _counts(made: Import) -> str:
    alternates = sum(len(draft.questions) - 1 for draft in made.drafts)
    lines = [f"{made.name}: {made.about}.", ""]
    lines.append(f"  {_number(len(made.drafts), 'entry', 'entries')} with {_number(alternates, 'alternate', 'alternates')}")
    if repeated := sum(line.outcome == "alternate" for line in made.lines):
        lines.append(f"  {_number(repeated, 'item', 'items')} joined to an entry with the same answer")
    if made.synonyms:
        lines.append(f"  {_number(len(made.synonyms), 'list', 'lists')} of synonyms")
    lines.append(f"  {_number(made.count('not taken'), 'item', 'items')} not taken")
    return "\n".join(lines)


def _first(drafts: Sequence[Draft]) -> str:
    shown = [line for draft in drafts[:3] for line in (f"  {_cut(draft.question, _WIDTH)}", f"    {_cut(draft.text, _WIDTH - 4)}")]
    return "\n".join(["The first of them:", *shown]) if shown else "There is nothing that could be an entry."


def _cut(text: str, width: int) -> str:
    return shorten(safe(text), width, placeholder=" …")


def _untaken(made: Import) -> str:
    found = list(made.untaken())
    return "\n".join(["Not taken:", *_some(f"{line.place}: {_what(line)}{line.reason}" for line in found)]) if found else ""


def _what(line: Line) -> str:
    return f"“{_cut(line.what, 40)}” - " if line.what else ""


def _left_out(made: Import) -> str:
    """Of what was taken, what was left out, by kind."""
    places: dict[str, list[str]] = {}
    for line in made.lines:
        for kind in dict.fromkeys(note.kind for note in line.notes if line.outcome != "not taken"):
            places.setdefault(kind, []).append(line.place)
    if not places:
        return ""
    return "\n".join(["Left out of what was taken:", *_bullets(f"{NOT_TAKEN[kind]}: {_named(found)}" for kind, found in places.items())])


def _named(places: Sequence[str]) -> str:
    more = f" and {len(places) - 3} more" if len(places) > 3 else ""
    return f"{', '.join(safe(place) for place in places[:3])}{more}"


def _odd(made: Import) -> str:
    odd = [line for line in made.lines if line.outcome == "alternate" and line.reason]
    return "\n".join(["Stands twice:", *_some(f"{line.place}: {_what(line)}{line.reason}" for line in odd)]) if odd else ""


def _pairs(findings: Findings) -> str:
    told = {"one word": "told apart by one word", "the same words": "the same words"}
    lines = [f"“{pair.other_question}” ({pair.other}) and “{pair.question}” ({pair.entry}): {told[pair.how]}" for pair in findings.pairs]
    return "\n".join(["Hard to tell apart, so people may get the wrong one of two:", *_some(lines)]) if lines else ""


def _checked(findings: Findings) -> str:
    lines = [f"{problem.fault} {problem.mend} [{_times(rule, count)}]" for rule, count, problem in findings.by_rule()]
    lines += [f"not looked for yet, for it takes long: {rule}" for rule in findings.skipped_rules]
    return "\n".join(["`factotum check` will say:", *_some(lines)]) if lines else ""


def _times(rule: str, count: int) -> str:
    return f"{rule}, {count:,} times" if count > 1 else rule


def merged(found: Merge, folder: str) -> str:
    """What a merge would change, as a diff, and where the curator's version stays."""
    new = [change for change in found.changes if change.old is None]
    changed = [change for change in found.changes if change.old is not None]
    if not found.changes:
        lines = [f"{folder} has all of it already: nothing to change."]
    else:
        lines = [f"In {folder}: {_number(len(new), 'new file', 'new files')}, {_number(len(changed), 'file', 'files')} changed."]
    lines += _bullets([safe(os.path.relpath(change.path, folder)) for change in new[:_MOST]])
    lines += [f"  and {len(new) - _MOST} more"] if len(new) > _MOST else []
    diff = [row for change in changed for row in _diff(os.path.relpath(change.path, folder), change.old or b"", change.new)]
    lines += ["", *diff[:_MOST_DIFF]] if diff else []
    lines += [f"  and {len(diff) - _MOST_DIFF} more lines"] if len(diff) > _MOST_DIFF else []
    kept = ["", "Stays as it is:", *_some(found.kept)] if found.kept else []
    return "\n".join([*lines, *kept])


def _diff(name: str, old: bytes, new: bytes) -> Iterator[str]:
    rows = difflib.unified_diff(old.decode().splitlines(), new.decode().splitlines(), name, name, n=1, lineterm="")
    return (safe(row) for row in rows)


def _some(lines: Iterable[str]) -> list[str]:
    found = list(lines)
    return _bullets(found[:_MOST]) + ([f"  and {len(found) - _MOST} more (see the report)"] if len(found) > _MOST else [])


def _bullets(lines: Iterable[str]) -> list[str]:
    return [indent("\n".join(wrap(safe(line), _WIDTH - 4)), "    ").replace("    ", "  - ", 1) for line in lines]


def _number(count: int, one: str, several: str) -> str:
    return f"{count:,} {one if count == 1 else several}"


def as_text(made: Import) -> str:
    """The report as text, a line for each item of the source."""
    rows = []
    for line in made.lines:
        outcome = f"{line.outcome} {line.entry}".strip()
        notes = dict.fromkeys(f"left out: {left_out(note)}" for note in line.notes)
        rows.append(" - ".join(filter(None, (f"{line.place}: {outcome}", line.what, line.reason, *notes))))
    return "\n".join([_counts(made), "", *map(safe, rows)]) + "\n"
