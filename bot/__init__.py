"""Factotum: answers questions from a curated knowledge base and shows its sources.

The public names are loaded when they are first used: the command must be able to say how numpy is to start before it starts.
"""

from importlib import import_module
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from bot.engine import Bot
    from bot.errors import BotError, KnowledgeBaseError, Problem
    from bot.reply import Answer, CitedSource, Option, Reply, Slot

__all__ = ["Answer", "Bot", "BotError", "CitedSource", "KnowledgeBaseError", "Option", "Problem", "Reply", "Slot"]

_HOMES = {"bot.engine": ("Bot",), "bot.errors": ("BotError", "KnowledgeBaseError", "Problem")}


def __getattr__(name: str) -> Any:
    if name not in __all__:
        raise AttributeError(f"module 'bot' has no attribute '{name}'")
    home = next((module for module, names in _HOMES.items() if name in names), "bot.reply")
    return getattr(import_module(home), name)
