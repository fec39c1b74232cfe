"""The reply object as JSON: every field of the dataclasses, in their order."""

import json
from dataclasses import fields, is_dataclass
from typing import Any

from bot.reply import Reply


def as_fields(value: Any) -> dict[str, Any]:
    """The fields of a dataclass by name, in their order; what they hold stays as it is."""
    return {item.name: getattr(value, item.name) for item in fields(value)}


def as_dict(reply: Reply) -> dict[str, Any]:
    """The reply as plain values, in the documented order."""
    return {name: _plain(item) for name, item in as_fields(reply).items()}


def as_json(reply: Reply, *, indent: int | None = None) -> str:
    """The reply as ASCII JSON text, safe in any encoding and line reader; on one line unless `indent` is given."""
    return json.dumps(as_dict(reply), indent=indent)


def as_plain(value: object, *, indent: int | None = None) -> str:
    """Dataclasses and containers of them as ASCII JSON text, each field under its name."""
    return json.dumps(_plain(value), indent=indent)


def _plain(value: Any) -> Any:
    if is_dataclass(value):
        return {name: _plain(item) for name, item in as_fields(value).items()}
    if isinstance(value, dict):
        return {key: _plain(item) for key, item in value.items()}
    return [_plain(item) for item in value] if isinstance(value, (list, tuple)) else value
