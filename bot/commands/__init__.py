"""The commands of the command line, one module each: run(arguments, clock) -> exit status.

In come the arguments after the command's name and a clock; output goes to standard output, problems raise a `BotError`. May import
everything but cli.
"""
