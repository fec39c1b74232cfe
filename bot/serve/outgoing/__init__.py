"""What the service sends to other systems: messages of the outbox -> signed webhooks and mail, each until the other side has it.

A way (webhook, smtp) delivers one message or raises Undelivered; the sender takes what is due out of the outbox and decides when to try
again.
May import the question log.
"""
