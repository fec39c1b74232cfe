"""Signs what travels with the client, so that any process with the secret can verify it and none has to store it."""

import hashlib
import hmac
import secrets
from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

import orjson
from itsdangerous import BadSignature, Signer

_SIGNATURE = "signature"


@dataclass(frozen=True, slots=True)
class Signing:
    """Signs contexts and reply ids, and derives pseudonyms.

    Signatures are HMAC (RFC 2104, 1997) with SHA-256, with a key of its own for each purpose.
    """

    contexts: Signer
    replies: Signer
    pseudonym_key: bytes

    @classmethod
    def of(cls, keys: tuple[str, ...]) -> "Signing":
        """Signing with these secrets, oldest first: the last one signs, all are accepted. If there are none, with a random one."""
        given = keys or (secrets.token_hex(32),)
        return cls(_signer(given, "context"), _signer(given, "reply"), given[-1].encode())

    def sign(self, context: Mapping[str, Any]) -> dict[str, Any]:
        """The context with a member `signature`; it stays an object, as the reply's contract says."""
        plain = {key: value for key, value in context.items() if key != _SIGNATURE}
        return {**plain, _SIGNATURE: self.contexts.get_signature(_canonical(plain)).decode()}

    def verify(self, context: Mapping[str, Any]) -> dict[str, Any] | None:
        """The verified context without its signature, or None if the signature does not match."""
        plain = {key: value for key, value in context.items() if key != _SIGNATURE}
        signature = context.get(_SIGNATURE)
        try:
            matches = isinstance(signature, str) and self.contexts.verify_signature(_canonical(plain), signature.encode())
        except (TypeError, UnicodeEncodeError, ValueError):  # values that we never sign: numbers beyond 64 bits, lone surrogates
            return None
        return plain if matches else None

    def new_reply_id(self) -> str:
        """A new reply id, which only this service can make."""
        return self.replies.sign(secrets.token_hex(12)).decode()

    def verify_reply_id(self, reply_id: str) -> bool:
        """Whether this service made a reply id."""
        try:
            self.replies.unsign(reply_id)
        except (BadSignature, UnicodeEncodeError):
            return False
        return True

    def pseudonym(self, channel: str, sender: str) -> str:
        """The id of a channel's conversation with a sender: the same each time, and not traceable to the sender without the secret."""
        return hmac.new(self.pseudonym_key, f"{channel}\0{sender}".encode("utf-8", "replace"), hashlib.sha256).hexdigest()[:32]


def new_conversation() -> str:
    """The id of a new conversation: random, so it says nothing about the person."""
    return secrets.token_hex(16)


def _signer(keys: tuple[str, ...], purpose: str) -> Signer:
    return Signer(list(keys), salt=f"factotum.{purpose}", key_derivation="hmac", digest_method=hashlib.sha256)


def _canonical(plain: Mapping[str, Any]) -> bytes:
    return orjson.dumps(plain, option=orjson.OPT_SORT_KEYS)
