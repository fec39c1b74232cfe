"""The contract: schema, OpenAPI, table and what is sent come from the dataclasses, so that no field can be forgotten."""

import json
from collections.abc import Iterator
from dataclasses import asdict, dataclass, fields, is_dataclass
from pathlib import Path
from typing import Annotated, Any, get_args, get_type_hints, is_typeddict

import jsonschema
import orjson
import pytest

from bot import Bot
from bot.render.json import as_dict, as_fields, as_json
from bot.render.schema import fields_of, json_schema, name_of, table
from bot.reply import REASONS, About, Reply
from bot.serve.conversations import Answered
from bot.serve.schemas import reply_schemas

ROOT = Path(__file__).parent.parent
READMES = (ROOT / "README.md", *(ROOT / "bot").rglob("README.md"))


@dataclass(frozen=True, slots=True, kw_only=True)
class Wider(Reply):
    """A reply with one field more."""

    mood: Annotated[str, About("how it is meant")] = "plain"


@dataclass(frozen=True, slots=True)
class Careless:
    """A record with a field that nobody described."""

    told: Annotated[str, About("what was told")]
    untold: str


def _records(hint: Any) -> Iterator[type]:
    """Every dataclass and TypedDict that a type is made of, itself included."""
    if isinstance(hint, type) and (is_dataclass(hint) or is_typeddict(hint)):
        yield hint
        for inner in get_type_hints(hint, include_extras=True).values():
            yield from _records(inner)
    for inner in get_args(hint):
        yield from _records(inner)


RECORDS = sorted(set(_records(Reply)), key=lambda record: record.__name__)


@pytest.mark.parametrize("record", RECORDS, ids=lambda record: record.__name__)
def test_every_field_is_described_and_stands_in_the_schema_in_its_order(record: type) -> None:
    names = [item.name for item in fields(record)] if is_dataclass(record) else list(record.__annotations__)
    assert [item.name for item in fields_of(record)] == names
    schema = json_schema()
    part = schema if record is Reply else schema["$defs"][name_of(record)]
    assert list(part["properties"]) == part["required"] == names
    assert all(item["description"] for item in part["properties"].values())


def test_the_contract_has_all_its_parts() -> None:
    names = {record.__name__ for record in RECORDS}
    assert names >= {"Reply", "Answer", "Option", "CitedSource", "Slot", "Unanswered", "Correction", "Block", "Handoff"}
    assert "agreement" in json_schema()["$defs"]["answer"]["properties"]
    jsonschema.Draft202012Validator.check_schema(json_schema())


def test_a_field_without_a_description_is_refused() -> None:
    with pytest.raises(TypeError, match=r"Careless\.untold"):
        fields_of(Careless)


def test_a_new_field_reaches_every_way_out_by_itself(bot: Bot) -> None:
    wider = Wider(**as_fields(bot.ask("what is a red notice")), mood="kind")
    assert json_schema(Wider)["properties"]["mood"] == {"type": "string", "description": "how it is meant"}
    assert reply_schemas(Wider)["Reply"]["properties"]["mood"]["type"] == "string"
    assert "| `mood` | text | how it is meant |" in table(Wider)
    assert list(as_dict(wider))[-1] == "mood"
    assert json.loads(as_json(wider))["mood"] == "kind"
    assert orjson.loads(Answered("id", wider).as_json())["mood"] == "kind"
    jsonschema.validate(json.loads(as_json(wider)), json_schema(Wider))


def test_what_is_sent_holds_every_field_and_no_other(bot: Bot) -> None:
    for text in ("is Kosovo a member", "so its an international arest warrant?", "is norway a member and what is zorbia?", "hello", ""):
        reply = bot.ask(text)
        sent = orjson.loads(Answered("id", reply).as_json())
        assert sent.pop("reply_id") == "id"
        assert sent == json.loads(as_json(reply)) == json.loads(json.dumps(asdict(reply)))
        assert list(sent) == [item.name for item in fields(Reply)]


def test_the_openapi_document_has_the_same_fields() -> None:
    found = reply_schemas()
    for record in RECORDS:
        names = [item.name for item in fields_of(record)]
        if record is Reply:
            assert list(found["Reply"]["properties"]) == [*names, "reply_id"]
        else:
            assert list(found[f"reply-{name_of(record)}"]["properties"]) == names


def test_the_table_stands_in_a_readme() -> None:
    assert any(table() in file.read_text("utf-8") for file in READMES), (
        "run: python -c 'from bot.render.schema import table; print(table())'"
    )


def test_every_reason_is_explained() -> None:
    (about,) = (item.about.text for item in fields_of(Reply) if item.name == "reason")
    assert [word for word in REASONS if f"`{word}`" not in about] == []
