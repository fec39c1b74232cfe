"""Somebody is in danger: help comes before any answer. It is reported in statements; a question about danger is a question."""

from bot.kinds.kind import Kind

KIND = Kind(name="danger", about="needs help first", first=True, urgency=0, asked=False, reason="danger")
