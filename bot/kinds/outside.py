"""What the base has no answer to: other organisations, the band of the same name, the weather."""

from bot.kinds.kind import Kind

KIND = Kind(name="outside", about="what the base has no answer to", tells_against=True, no_answer=True, namesakes=True)
