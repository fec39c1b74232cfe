"""Somebody asks for a person."""

from bot.kinds.kind import Kind

KIND = Kind(name="human", about="asks for a person", urgency=2, status="handoff", reason="asked-for-human")
