"""Factotum: answers questions from a curated knowledge base and shows its sources."""

from bot.engine import Bot
from bot.errors import BotError, KnowledgeBaseError, Problem
from bot.reply import Answer, CitedSource, Option, Reply, Slot

__all__ = ["Answer", "Bot", "BotError", "CitedSource", "KnowledgeBaseError", "Option", "Problem", "Reply", "Slot"]
