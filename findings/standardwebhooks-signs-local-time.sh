#!/usr/bin/env bash
# standardwebhooks 1.1.0: sign() takes the reading of an aware time for UTC, and verify() raises more than it documents.
#
# Expected: a message that is signed at the moment datetime.now(zone) verifies in any zone; a signature that is none raises
# WebhookVerificationError, as verify()'s docstring says ("invalid ... or no matching signature").
# Seen: signed with a time in another zone than UTC, a message does not verify; the header "v1" raises ValueError, one that is no base64
# binascii.Error, and a body that is not UTF-8 UnicodeDecodeError: a receiver that catches what is documented answers 500.
# Who meets it: whoever signs with local times, and whoever receives. Factotum converts and catches (bot/serve/outgoing/webhook.py).
set -euo pipefail
folder=$(mktemp -d)
trap 'rm -rf "$folder"' EXIT
python3 -m venv "$folder/venv"
"$folder/venv/bin/pip" install --quiet --disable-pip-version-check standardwebhooks==1.1.0
seen=$("$folder/venv/bin/python" -c '
from datetime import UTC, datetime, timedelta, timezone
from standardwebhooks import Webhook

hook = Webhook("whsec_MfKQ9r8GKYqrTwjUPD8ILPZIo2LaLaSw")
now = datetime.now(UTC)


def tried(signature, body=b"{}"):
    headers = {"webhook-id": "m", "webhook-timestamp": str(int(now.timestamp())), "webhook-signature": signature}
    try:
        hook.verify(body, headers)
    except Exception as error:
        return type(error).__name__
    return "verified"


print("UTC:", tried(hook.sign("m", now, "{}")))
print("the same moment, two hours east:", tried(hook.sign("m", now.astimezone(timezone(timedelta(hours=2))), "{}")))
print("no comma:", tried("v1"))
print("no base64:", tried("v1,A"))
print("no UTF-8:", tried("v1,AAAA", b"\xff"))
')
echo "$seen"
[ "$seen" = "UTC: verified
the same moment, two hours east: WebhookVerificationError
no comma: ValueError
no base64: Error
no UTF-8: UnicodeDecodeError" ]
