"""Chat platforms: one module each. Its `routes(conversations, contexts, access)` translates their messages into ours and back."""

from bot.serve.channels import rasa

CHANNELS = (rasa.routes,)
"""Every channel that the service speaks. A new one is a module here and an item of this list."""
