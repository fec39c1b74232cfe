"""The conversation in a terminal, and the review of what was asked.

session holds the state of one conversation and its commands (`/why`, `/sources`, ...) and returns the blocks to show; fold keeps a
reply to the size of the screen; repl owns the prompt, completion and history. review asks a
curator item by item, on a console; inbox_text says what it shows. May import everything below it but the service.
"""
