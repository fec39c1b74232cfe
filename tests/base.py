"""Small knowledge bases for tests: a folder that holds together, to be spoilt one file at a time."""

from pathlib import Path

FILES = {
    "sources.yaml": """
atlas:
  title: World atlas
  publisher: A publisher
  kind: reference
  url: https://example.org/atlas
  published: 2020-05
  checked: 2026-11
  via: live
""",
    "settings.yaml": "threshold: 50\nask: 25\nmargin: 5\nhandoff: Ring the desk.\n",
    "synonyms.yaml": "ocean: [sea]\n",
    "opposites.yaml": "- [[round], [flat, level]]\n",
    "smalltalk.yaml": "- {id: greeting, kind: chat, alternates: [hello there], answer: Hello.}\n",
    "outside.yaml": "- {id: weather, alternates: [will it rain tomorrow], answer: I know no weather.}\n",
    "languages.yaml": "nl: {name: Dutch, line: Dit programma leest alleen Engels.}\n",
    "entities/planet.yaml": """
entity: planet
as_of: 2006-08-24
sources: [{id: atlas}]
values:
  - {code: EA, name: Earth, also: [the blue planet], status: planet}
  - {code: PL, name: Pluto, status: dwarf, note: Its rank changed in 2006.}
  - {code: MA, name: Mars, status: planet}
  - {code: VE, name: Venus, status: planet}
ambiguous: {morning star: [VE, MA]}
parts: [{name: Olympus Mons, of: MA}]
""",
    "faq/earth/deepest-ocean.yaml": """
id: deepest-ocean
question: How deep is the deepest ocean?
alternates: [what is the greatest depth of the sea, how far down does the ocean go, ocean depth record, deepest trench]
answer: |
  About eleven
  kilometres.

  Measured by sound.
facts: [The deepest ocean is about eleven kilometres deep]
sources: [{id: atlas, at: page 5}]
as_of: 2020-05
review_by: 2027-01-01
related: [is-planet]
""",
    "faq/sky/is-planet.yaml": """
id: is-planet
question: Is a certain body a planet?
alternates: ["is {planet} a planet", "does {planet} count as a planet", "{planet} planet or not", "what about the rank of {planet}"]
answer: Name the body.
entity: planet
by_status:
  planet: "{name} is a planet. {note}"
  dwarf: "{name} is a dwarf planet. {note}"
  part: "{name} is a part of {of}."
sources: [{id: atlas}]
as_of: 2020-05
expires: 2030-01-01
""",
    "myths/earth/myth-flat.yaml": """
id: myth-flat
topic: deepest-ocean
claim: The earth is flat.
verdict: incorrect
claims: [The earth is level., The world is a disc.]
denials: [The earth is not flat., The earth is a ball.]
question: Is the earth flat?
alternates: [the earth has an edge, our world is a disc, nobody has proved that the earth is round, flat earth]
answer: The earth is a ball.
why: A small part of it looks level.
remember: It is round.
sources: [{id: atlas}]
as_of: 2020-05
""",
}


def write(folder: Path, files: dict[str, str | None] | None = None) -> Path:
    """The base above in a folder, with some files replaced, added, or (None) left out."""
    for name, text in ({**FILES} | (files or {})).items():
        if text is not None:
            (folder / name).parent.mkdir(parents=True, exist_ok=True)
            (folder / name).write_text(text, "utf-8")
    return folder
