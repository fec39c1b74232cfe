"""The conversation in a terminal.

session holds the state of one conversation and its commands (`/why`, `/sources`, ...) and gives blocks to show; repl owns prompt,
completion and history. May import everything below it but the service.
"""
