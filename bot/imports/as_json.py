"""An import's report for a program."""

import json

from bot.imports.entries import Import


def as_json(made: Import) -> str:
    """The report as one JSON object: counts, and `lines`, one for each item of the source."""
    found = {
        "version": 1,
        "source": made.name,
        "format": made.about,
        "entries": len(made.drafts),
        "alternates": sum(len(draft.questions) - 1 for draft in made.drafts),
        "not_taken": made.count("not taken"),
        "lines": [
            {
                "place": line.place,
                "outcome": line.outcome,
                "entry": line.entry or None,
                "text": line.what,
                "reason": line.reason or None,
                "left_out": [{"kind": note.kind, "detail": note.detail or None} for note in line.notes],
            }
            for line in made.lines
        ],
    }
    return json.dumps(found, ensure_ascii=False, indent=1) + "\n"
