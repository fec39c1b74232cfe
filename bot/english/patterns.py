"""Regular expressions that are compiled when they are first used: most messages need few of them, and to compile all takes longer than an
answer."""

import re
from typing import Any, cast


class _Pattern:
    """Stands for a pattern until one of its methods is called."""

    def __init__(self, text: str, flags: int) -> None:
        self.pattern, self.flags = text, flags

    def __getattr__(self, name: str) -> Any:
        found = getattr(re.compile(self.pattern, self.flags), name)
        setattr(self, name, found)
        return found


def pattern(text: str, flags: int = 0) -> re.Pattern[str]:
    """What re.compile gives, later. A mistake in the pattern shows when it is first used."""
    return cast("re.Pattern[str]", _Pattern(text, flags))
