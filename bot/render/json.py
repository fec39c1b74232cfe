"""The reply object as JSON."""

import json
from dataclasses import fields, is_dataclass
from typing import Any

from bot.reply import Reply

ORDER = (
    "version", "status", "reason", "text", "calibrated", "kb", "context", "handoff", "answers", "unanswered", "options", "corrections",
    "blocks",
)  # fmt: skip


def as_dict(reply: Reply) -> dict[str, Any]:
    """The reply as plain values, in the documented order."""
    return {name: _plain(getattr(reply, name)) for name in ORDER}


def as_json(reply: Reply, *, indent: int | None = None) -> str:
    """The reply as ASCII JSON text, safe in any encoding and line reader; on one line unless `indent` is given."""
    return json.dumps(as_dict(reply), indent=indent)


def as_plain(value: object, *, indent: int | None = None) -> str:
    """Any value of dataclasses as ASCII JSON text, each field by its name."""
    return json.dumps(_plain(value), indent=indent)


def _plain(value: Any) -> Any:
    if is_dataclass(value):
        return {item.name: _plain(getattr(value, item.name)) for item in fields(value)}
    if isinstance(value, dict):
        return {key: _plain(item) for key, item in value.items()}
    return [_plain(item) for item in value] if isinstance(value, (list, tuple)) else value
