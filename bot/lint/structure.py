"""The manual pages of warnings that are found while files are read (bot.kb)."""

from collections.abc import Mapping

STRUCTURE: Mapping[str, str] = {
    "cut-text": """
        Finds texts that end before a # with a blank before it: what follows counts as a comment.

        Why: "Ring extension #12" is read as "Ring extension", and nobody sees it.

        How to mend it: put the text in quotes. If it is a comment, write a blank after the #.

            wrong: answer: Ring extension #12.
            right: answer: "Ring extension #12."
        """,
    "glued-lines": """
        Finds lines of a list within a text: lines that begin with a dash, a star or a number.

        Why: lines of a text are joined to paragraphs, and a list becomes hard to read.

        How to mend it: a list at the end of an answer is laid out by itself. Another one goes under `points`, or under `steps` if its order
        counts, or gets an empty line between its lines.

            points: [a passport, a photograph]
        """,
    "ignored-file": """
        Finds files that are not read because of the ending of their names.

        Why: an entry saved as opening-hours.yaml.txt is missing from the base, and nobody sees it.

        How to mend it: let the name end in .yaml, or keep the file elsewhere.
        """,
}
