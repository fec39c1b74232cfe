"""What sounds like danger and is not: "you are killing me"."""

from bot.kinds.kind import Kind

KIND = Kind(name="calm", about="sounds like danger and is not", calms=True, aside=True)
