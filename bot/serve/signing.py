"""What the client carries, signed: any process that has the secret can check it, and none has to remember it."""

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
class Seal:
    """Signs contexts and reply ids, and makes pseudonyms. `keys` oldest first: the last one signs, all of them are believed.

    Signatures are HMAC (RFC 2104, 1997) with SHA-256, each purpose with a key of its own.
    """

    contexts: Signer
    replies: Signer
    names: bytes

    @classmethod
    def of(cls, keys: tuple[str, ...]) -> "Seal":
        """The seal of some secrets; of a random one, that lives as long as the process, if there are none."""
        given = keys or (secrets.token_hex(32),)
        return cls(_signer(given, "context"), _signer(given, "reply"), given[-1].encode())

    def sign(self, context: Mapping[str, Any]) -> dict[str, Any]:
        """The context with its signature; it stays an object, as the contract of the reply says."""
        plain = {key: value for key, value in context.items() if key != _SIGNATURE}
        return {**plain, _SIGNATURE: self.contexts.get_signature(_canonical(plain)).decode()}

    def opened(self, context: Mapping[str, Any]) -> dict[str, Any] | None:
        """A context that came back, if it is one of ours as we gave it; else None."""
        plain = {key: value for key, value in context.items() if key != _SIGNATURE}
        signature = context.get(_SIGNATURE)
        try:
            ours = isinstance(signature, str) and self.contexts.verify_signature(_canonical(plain), signature.encode())
        except (TypeError, UnicodeEncodeError, ValueError):  # what no JSON of ours can hold: numbers beyond 64 bits, lone surrogates
            return None
        return plain if ours else None

    def reply_id(self) -> str:
        """A new id of a reply, which nobody else can make up."""
        return self.replies.sign(secrets.token_hex(12)).decode()

    def is_ours(self, reply_id: str) -> bool:
        """Whether a reply's id was given by this service."""
        try:
            self.replies.unsign(reply_id)
        except (BadSignature, UnicodeEncodeError):
            return False
        return True

    def pseudonym(self, channel: str, sender: str) -> str:
        """The id of a conversation for a sender that a channel names: always the same, and not to be undone without the secret."""
        return hmac.new(self.names, f"{channel}\0{sender}".encode("utf-8", "replace"), hashlib.sha256).hexdigest()[:32]


def new_conversation() -> str:
    """The id of a conversation that begins: random, and nothing of a person in it."""
    return secrets.token_hex(16)


def _signer(keys: tuple[str, ...], purpose: str) -> Signer:
    return Signer(list(keys), salt=f"factotum.{purpose}", key_derivation="hmac", digest_method=hashlib.sha256)


def _canonical(plain: Mapping[str, Any]) -> bytes:
    return orjson.dumps(plain, option=orjson.OPT_SORT_KEYS)
