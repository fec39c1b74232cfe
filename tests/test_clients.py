"""Clients that generators make of the OpenAPI document: typed, and at work against the service."""

import importlib
import importlib.util
import json
import subprocess
import sys
from collections.abc import Iterator
from typing import Any

import pytest
from base import write
from service import Service, client_of, document, running


@pytest.fixture(scope="module")
def service(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Service]:
    folder = tmp_path_factory.mktemp("clients")
    with running(folder, intents=write(folder / "base"), database="none") as found:
        yield found


@pytest.fixture(scope="module")
def told(service: Service) -> dict[str, Any]:
    with client_of(base_url=service.url) as client:
        return document(client)


def test_what_is_sent_has_no_defaults_and_no_bare_alternatives(told: dict[str, Any]) -> None:
    """openapi-typescript demands a field that has a default; openapi-python-client drops a model with alternatives beside properties."""
    for name in ("Ask", "Explain", "Judgement"):
        schema = told["components"]["schemas"][name]
        assert not {"oneOf", "anyOf", "allOf"} & set(schema), name
        assert [field for field, form in schema["properties"].items() if "default" in form] == [], name


def test_every_reference_leads_somewhere(told: dict[str, Any]) -> None:
    def references(value: Any) -> Iterator[str]:
        for key, inner in value.items() if isinstance(value, dict) else enumerate(value) if isinstance(value, list) else ():
            yield from [inner] if key == "$ref" else references(inner)

    found = set(references(told))
    assert found
    assert found <= {f"#/components/schemas/{name}" for name in told["components"]["schemas"]}


@pytest.fixture(scope="module")
def generated(told: dict[str, Any], tmp_path_factory: pytest.TempPathFactory) -> Iterator[str]:
    """The name of a package that openapi-python-client made."""
    if importlib.util.find_spec("openapi_python_client") is None:
        pytest.skip("openapi-python-client is not installed: no client was generated")
    folder = tmp_path_factory.mktemp("generated")
    (folder / "openapi.json").write_text(json.dumps(told), "utf-8")
    (folder / "config.yaml").write_text("post_hooks: []\n", "utf-8")
    command = [sys.executable, "-m", "openapi_python_client", "generate", "--path", "openapi.json", "--config", "config.yaml"]
    done = subprocess.run([*command, "--meta", "none", "--output-path", "made"], cwd=folder, capture_output=True, text=True, check=False)
    assert (done.returncode, "WARNING" in done.stdout + done.stderr) == (0, False), done.stdout + done.stderr
    sys.path.insert(0, str(folder))
    yield "made"
    sys.path.remove(str(folder))


def test_a_generated_client_holds_a_conversation(generated: str, service: Service) -> None:
    made = importlib.import_module(generated)
    models, ask = importlib.import_module(f"{generated}.models"), importlib.import_module(f"{generated}.api.default.ask")
    with made.Client(base_url=service.url, timeout=60) as client:
        first = ask.sync(client=client, body=models.Ask(text="is pluto a planet"))
        assert type(first).__name__ == "FactotumReply"
        assert (first.status, first.answers[0].id) == ("answer", "is-planet")
        context = models.AskContextType0.from_dict(first.context.to_dict())
        second = ask.sync(client=client, body=models.Ask(text="and mars?", context=context))
        assert second.answers[0].slots.to_dict()["planet"][0]["name"] == "Mars"
        chosen = ask.sync(client=client, body=models.Ask(choice="deepest-ocean"))
        assert chosen.answers[0].id == "deepest-ocean"
        assert type(ask.sync(client=client, body=models.Ask(choice="no-such-entry"))).__name__ == "Problem"
