"""Texts that are longer than a platform takes, in parts."""


def parts(text: str, most: int) -> list[str]:
    """A text in parts of at most `most` characters, cut between paragraphs where that is possible, else between lines or words."""
    found, rest = [], text.strip()
    while len(rest) > most:
        cut = next((at for mark in ("\n\n", "\n", " ") if (at := rest.rfind(mark, most // 2, most)) > 0), most)
        found.append(rest[:cut].rstrip())
        rest = rest[cut:].lstrip()
    return [*found, rest] if rest else found
