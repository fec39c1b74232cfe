"""Exit codes of the command."""

OK = 0
"""Answered, or done."""

NOT_ANSWERED = 1

MISSED = 1
"""A figure is outside the limits that were given."""

ERROR = 2
"""A mistake of the caller or of the base."""

BROKEN = 3
"""A fault of ours."""

STOPPED = 130
"""Ctrl-C."""
