"""Small talk: greetings, thanks, questions about the program."""

from bot.kinds.kind import Kind

KIND = Kind(name="chat", about="greetings, thanks, questions about the program", aside=True, idle=True)
