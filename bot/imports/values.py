"""Values of JSON and YAML as texts, whatever stands where a text was expected."""

from collections.abc import Mapping
from typing import Any


def texts(value: Any) -> tuple[str, ...]:
    """A text, or the texts of a list, without empty ones."""
    found = value if isinstance(value, list) else [value]
    return tuple(one for one in found if isinstance(one, str) and one.strip())


def text(value: Any) -> str:
    """A text or number as text; "" for anything else."""
    return str(value) if isinstance(value, str | int | float) and not isinstance(value, bool) else ""


def is_off(value: Any) -> bool:
    """Whether a switch is off, written as a value or as a text."""
    return value in (False, 0) or (isinstance(value, str) and value.strip().lower() in ("false", "no", "0", "off"))


def mapping(value: Any) -> Mapping[str, Any]:
    """A mapping; an empty one for anything else."""
    return value if isinstance(value, Mapping) else {}
