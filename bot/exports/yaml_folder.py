"""A folder of YAML files, such as curators write: what a base in JSON lines is unpacked to. Only comments are left out."""

import yaml

from bot.exports.format import EVERYTHING, Format, Output, Subject
from bot.kb.convert import documents_of

_WIDTH = 140


class _Dumper(yaml.SafeDumper):
    """Writes texts of several lines as blocks."""


def _text(dumper: yaml.SafeDumper, value: str) -> yaml.ScalarNode:
    return dumper.represent_scalar("tag:yaml.org,2002:str", value, style="|" if "\n" in value else None)


_Dumper.add_representer(str, _text)


def write(subject: Subject) -> Output:
    """Raises KnowledgeBaseError for ids that cannot be the name of a file."""
    return Output({path: _dumped(document) for path, document in documents_of(subject.items()).items()})


def _dumped(document: object) -> bytes:
    return yaml.dump(document, Dumper=_Dumper, allow_unicode=True, sort_keys=False, width=_WIDTH).encode()


FORMAT = Format(name="yaml", about="a folder of YAML files, to unpack JSON lines", write=write, holds=EVERYTHING, several=True)
