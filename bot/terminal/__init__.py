"""The conversation in a terminal.

session holds the state of one conversation and its commands (`/why`, `/sources`, ...) and returns the blocks to show; fold keeps a
reply to the size of the screen; repl owns the prompt, completion and history. May import everything below it but the service.
"""
