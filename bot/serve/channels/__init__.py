"""Chat platforms: one module each, with routes(desk, memory, door) -> APIRouter that turns their messages into ours and back."""

from bot.serve.channels import rasa

CHANNELS = (rasa.routes,)
"""Every channel that the service speaks. A new one is a module here and its name in this list."""
