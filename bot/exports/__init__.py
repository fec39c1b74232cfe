"""A base -> the files of another system or a page for readers: one module for each format.

In come a base as read from its files and the day to write down; out go files as bytes, with a note for whatever of the base is left out
or changed. The same base on the same day gives the same bytes. Nothing is written to the disk here. A new format is a module here with its
FORMAT, and a line of FORMATS; libraries that only it needs are imported when it writes. May import the room answering, which lays an
answer out, kb, and the values of a base.
"""

from collections.abc import Mapping

from bot.exports import (
    claimreview,
    csv_file,
    faqpage,
    json_lines,
    markdown,
    page,
    qnabot,
    qnamaker,
    question_answering,
    rasa,
    xlsx_file,
    yaml_folder,
)
from bot.exports.format import ANSWER, EVERYTHING, Format
from bot.kb.schema import FAQ, MYTH

FORMATS: Mapping[str, Format] = {
    one.name: one
    for one in (
        json_lines.FORMAT,
        yaml_folder.FORMAT,
        page.FORMAT,
        faqpage.FORMAT,
        markdown.FORMAT,
        csv_file.FORMAT,
        xlsx_file.FORMAT,
        qnamaker.FORMAT,
        question_answering.FORMAT,
        rasa.FORMAT,
        qnabot.FORMAT,
        qnabot.XLSX,
        claimreview.FORMAT,
    )
}


def reference() -> str:
    """What each format holds, as the Markdown table of intents/README.md."""
    rows = ["| format | what it is | comes back with an import | only to be read |", "|---|---|---|---|"]
    for name, one in FORMATS.items():
        whole = ["within the answer", *filter(None, [_listed(one.shown - ANSWER)])] if one.shown & ANSWER - {"by_status"} else None
        rows.append(f"| `{name}` | {one.about} | {_listed(one.holds)} | {', '.join(whole) if whole else _listed(one.shown)} |")
    return "\n".join(rows) + "\n"


def _listed(names: frozenset[str]) -> str:
    """Keys in the order in which a curator reads them, then files."""
    order = [*dict.fromkeys(("id", "theme", "kind", *FAQ.keys, *MYTH.keys))]
    if names == EVERYTHING:
        return "everything"
    files = [f"`{name}`" for name in sorted(names - set(order))]
    lacking = [f"`{name}`" for name in order if name not in names]
    found = [f"every key but {', '.join(lacking)}"] if len(lacking) < len(order) / 2 else [f"`{name}`" for name in order if name in names]
    return ", ".join([*found, *files])
