"""What every request passes before it is answered: limits, hosts, access, and how refusals and requests are told.

Knows nothing of messages and conversations. A request comes in and is passed on, or ends here as a problem (RFC 9457).
"""
