"""Blocks and values -> text for a reader: a terminal, a program, a curator.

In come the blocks of a reply, an explanation, problems or a report of the question log, or the types of the reply (schema); out goes
text or JSON. Nothing is decided here. May import the engine's values and those of the question log.
"""
