"""A base -> the files of another system or a page for readers: one module for each format.

In come a base as read from its files and the day to write down; out go files as bytes, with a note for whatever of the base is left out
or changed. The same base on the same day gives the same bytes. Nothing is written to the disk here. A new format is a module here with its
FORMAT, and a line of FORMATS; libraries that only it needs are imported when it writes. May import the room answering, which lays an
answer out, and the values of a base.
"""

from collections.abc import Mapping

from bot.exports import claimreview, csv_file, faqpage, markdown, page, qnabot, qnamaker, question_answering, rasa, xlsx_file
from bot.exports.format import Format

FORMATS: Mapping[str, Format] = {
    one.name: one
    for one in (
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
