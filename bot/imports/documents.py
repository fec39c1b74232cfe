"""Drafts -> the YAML files of a base, as text that bot/kb reads back to the same."""

from collections.abc import Iterator, Mapping, Sequence
from textwrap import indent
from typing import Any

import yaml

from bot.imports.entries import Draft, Import

_WIDTH = 110


class _Dumper(getattr(yaml, "CSafeDumper", yaml.SafeDumper)):  # type: ignore[misc]
    """Texts of several paragraphs as blocks, as a curator writes them; dates as they are."""

    def ignore_aliases(self, data: object) -> bool:
        return True


def _text(dumper: Any, text: str) -> Any:
    return dumper.represent_scalar("tag:yaml.org,2002:str", text, style="|" if "\n" in text else None)


class _Plain(str):
    """A date, which needs no quotes: bot/kb takes texts as they are typed."""

    __slots__ = ()


def _plain(dumper: Any, text: _Plain) -> Any:
    return dumper.represent_scalar(dumper.resolve(yaml.ScalarNode, str(text), (True, False)), str(text))


_Dumper.add_representer(str, _text)
_Dumper.add_representer(_Plain, _plain)

_DATES = ("as_of", "checked", "published")


def as_yaml(fields: Mapping[str, Any] | Sequence[Any]) -> str:
    """Fields or a list as a YAML document."""
    shown = {key: _dated(key, value) for key, value in fields.items()} if isinstance(fields, Mapping) else fields
    return str(yaml.dump(shown, Dumper=_Dumper, sort_keys=False, allow_unicode=True, width=_WIDTH))


def _dated(key: str, value: Any) -> Any:
    return _Plain(value) if key in _DATES and isinstance(value, str) else value


def keyed(documents: Mapping[str, Mapping[str, Any]]) -> str:
    """Several documents as one, each under its key."""
    return "".join(f"{name}:\n{indent(as_yaml(fields), '  ')}" for name, fields in documents.items())


def item(text: str) -> str:
    """A text as it stands behind the dash of a list, on one line."""
    return str(yaml.dump([text], Dumper=_Dumper, allow_unicode=True, width=2**20)).removeprefix("- ").rstrip("\n")


def flow_list(texts: Sequence[str]) -> str:
    """Texts as a list in square brackets, on one line."""
    return str(yaml.dump(list(texts), Dumper=_Dumper, allow_unicode=True, default_flow_style=True, width=2**20)).rstrip("\n")


def entry(draft: Draft) -> bytes:
    """The file of an entry."""
    return as_yaml(draft.fields).encode()


def files(made: Import) -> Iterator[tuple[str, bytes]]:
    """Every file of the base with its path: the entries, what they rest on, words that mean the same."""
    for draft in made.drafts:
        yield draft.file, entry(draft)
    yield from tables(made)


def tables(made: Import) -> Iterator[tuple[str, bytes]]:
    """The files beside the entries."""
    if made.sources:
        yield "sources.yaml", keyed({source.id: source.fields for source in made.sources}).encode()
    if made.synonyms:
        yield "synonyms.yaml", as_yaml({word: list(same) for word, same in made.synonyms.items()}).encode()
    for path, value in made.documents.items():
        yield path, as_yaml(value).encode()
