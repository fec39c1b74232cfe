"""Chat platforms and desks: one module each.

A channel that answers in its response has `routes(conversations, contexts, access)` (rasa). One of another system that is told of messages
and gets answers later has a `PLATFORM` (platform.py); hooks.py takes its messages, inbox.py keeps and answers them, and calls.py sends.
"""

from collections.abc import Mapping

from bot.serve.channels import (
    chatwoot,
    django_helpdesk,
    freshdesk,
    hook,
    mail,
    mattermost,
    rasa,
    rt,
    slack,
    telegram,
    zammad,
    zendesk,
)
from bot.serve.channels.platform import Platform

CHANNELS = (rasa.routes,)
"""The channels that need no settings. A new one is a module here and an item of this list."""

PLATFORMS: Mapping[str, Platform] = {
    made.name: made
    for made in (
        hook.PLATFORM,
        mail.PLATFORM,
        chatwoot.PLATFORM,
        django_helpdesk.PLATFORM,
        freshdesk.PLATFORM,
        mattermost.PLATFORM,
        rt.PLATFORM,
        slack.PLATFORM,
        telegram.PLATFORM,
        zammad.PLATFORM,
        zendesk.PLATFORM,
    )
}
"""The channels that the setting `channels` may name. A new one is a module here and an item of this list."""
