"""The conversation in a terminal.

session holds the state of one conversation and its commands (`/why`, `/sources`, ...) and returns the blocks to show; repl owns the
prompt, completion and history. May import everything below it but the service.
"""
