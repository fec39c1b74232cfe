"""Blocks and values -> text for a reader: a terminal, a program, a curator."""
