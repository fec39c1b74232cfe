"""Who may ask: tokens, pages, names of the service, and how often."""

from collections.abc import Iterable, Iterator
from datetime import date
from pathlib import Path
from typing import Any

import base
import httpx
import pytest
from service import PAGE, PATIENCE, TOKEN, Service, client_of, get, post, running, send

from bot.commands import serve
from bot.errors import UsageError
from bot.serve import app
from bot.serve.files import served
from bot.serve.settings import Settings, flags


def test_without_tokens_nobody_gets_an_explanation(tmp_path: Path) -> None:
    with running(tmp_path, database="none", intents=base.write(tmp_path / "base")) as open_to_all:
        response = post(f"{open_to_all.url}/v1/explain", json={"text": "x"}, headers={"Authorization": "Bearer"})
    assert response.status_code == 401
    assert "FACTOTUM_TOKENS" in response.json()["detail"]


def test_an_address_that_is_none_is_no_way_around_the_rate(tmp_path: Path) -> None:
    with running(tmp_path, rate="3/hour", tokens=None, database="none") as limited:
        codes = [
            get(f"{limited.url}/v1/about", headers={"X-Forwarded-For": sender}).status_code
            for sender in ("x-1", "x-2", "x-3", "x-4", "fe80::1%eth0", "2001:db8::1", "2001:db8::2", "2001:db8:0:9::1", "2001:db8::3")
        ]
    assert codes == [200, 200, 200, 429, 200, 200, 200, 200, 429]


DOORS = [
    ("GET", "/"), ("POST", "/"), ("POST", "/feedback"), ("GET", "/entries/red-notice"), ("GET", "/embed"),
    ("GET", "/readyz"), ("GET", "/metrics"),
    ("GET", "/v1/about"), ("GET", "/v1/entries"), ("GET", "/v1/entries/red-notice"),
    ("POST", "/v1/ask"), ("POST", "/v1/explain"), ("POST", "/v1/feedback"), ("POST", "/webhooks/rest/webhook"),
    ("POST", "/v1/conversations/{conversation}/take"), ("POST", "/v1/conversations/{conversation}/give-back"),
]  # fmt: skip

ALWAYS_OPEN = {"/healthz", "/openapi.json", "/problems/{name}", "/webhooks/rest/", "/channels/{name}"}
"""What tells nothing of the base, and what has to be signed; beside these the files without which no page of a named origin could ask."""


def _paths(routes: Iterable[Any]) -> Iterator[str]:
    """The paths of routes, and of those in routers that FastAPI keeps as a route."""
    for route in routes:
        inner = getattr(route, "original_router", None)
        yield from _paths(inner.routes) if inner else (route.path,)


def test_every_route_is_known_as_a_door_or_as_always_open(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
    monkeypatch.setenv("FACTOTUM_DATABASE", "none")
    monkeypatch.setenv("FACTOTUM_INTENTS", str(base.write(tmp_path)))
    paths = {path.replace("{entry_id}", "red-notice") for path in _paths(app.create().routes)}
    assert paths == {path for _, path in DOORS} | ALWAYS_OPEN | {f"/{name}" for name in served()}


def _statuses(url: str, **headers: str) -> dict[str, int]:
    given = {"Content-Type": "application/json", **headers}
    with client_of(base_url=url) as client:
        sent = [client.request(method, path, headers=given, content=b"{}" if method == "POST" else None) for method, path in DOORS]
    return {f"{method} {path}": response.status_code for (method, path), response in zip(DOORS, sent, strict=True)}


def test_tokens_close_every_door(tmp_path: Path) -> None:
    with running(tmp_path, tokens=TOKEN, open_probes=False, origins=PAGE, database="none") as closed:
        assert set(_statuses(closed.url).values()) == {401}
        for headers in ({"Origin": closed.url}, {"Sec-Fetch-Site": "same-origin"}, {"Authorization": "Bearer guessed"}):
            assert set(_statuses(closed.url, **headers).values()) == {401}
        assert 401 not in _statuses(closed.url, Authorization=f"Bearer {TOKEN}").values()
        assert get(f"{closed.url}/healthz").status_code == 200
        told = get(f"{closed.url}/").json()
        assert "FACTOTUM_OPEN_PAGE" in told["detail"]
        preflight = {"Access-Control-Request-Method": "POST", "Access-Control-Request-Headers": "content-type"}
        for origin, allowed in ((PAGE, PAGE), ("https://evil.example", None)):
            asked = httpx.options(f"{closed.url}/v1/ask", headers={"Origin": origin, **preflight}, timeout=PATIENCE)
            assert asked.headers.get("access-control-allow-origin") == allowed
        named = _statuses(closed.url, Origin=PAGE)
        assert {door for door, status in named.items() if status != 401} == {
            "GET /v1/about", "GET /v1/entries", "GET /v1/entries/red-notice",
            "POST /v1/ask", "POST /v1/feedback", "POST /webhooks/rest/webhook",
        }  # fmt: skip


def test_the_settings_say_what_stays_open_beside_tokens(tmp_path: Path) -> None:
    with running(tmp_path, tokens=TOKEN, open_page=True, database="none") as open_page:
        closed = {door for door, status in _statuses(open_page.url).items() if status == 401}
        assert closed == {f"{method} {path}" for method, path in DOORS if path.startswith(("/v1", "/webhooks"))}
        own = _statuses(open_page.url, Origin=open_page.url)
        assert {door for door, status in own.items() if status == 401} == {
            "POST /v1/explain",
            "POST /v1/conversations/{conversation}/take",
            "POST /v1/conversations/{conversation}/give-back",
        }


HOSTS = [
    ("desk.example.org", 200),
    ("DESK.example.org:8443", 200),
    ("desk.example.org.", 200),
    ("inside.example", 200),
    ("localhost", 200),
    ("widget.localhost:8000", 200),
    ("127.0.0.1", 200),
    ("10.1.2.3:99", 200),
    ("[::1]:8000", 200),
    ("evil.example", 421),
    ("desk.example.org.evil.example", 421),
    ("127.0.0.1.evil.example", 421),
    ("evil.example:8000", 421),
    ("", 421),
    ("[evil.example]", 421),
    ("localhost.evil.example", 421),
]


@pytest.fixture(scope="module")
def below(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Service]:
    """A service behind a proxy, below a path; what it may be called by is set by a flag, which comes before the environment."""
    folder, flags = tmp_path_factory.mktemp("below"), ("--allowed-hosts", "inside.example", "--public-url", "https://desk.example.org/faq/")
    with running(folder, flags=flags, public_url="https://other.example", database="none", intents=base.write(folder / "base")) as found:
        yield found


def test_a_name_that_is_not_ours_reads_nothing(below: Service) -> None:
    with client_of(base_url=below.url) as client:
        assert [(host, client.get("/v1/entries", headers={"Host": host}).status_code) for host, _ in HOSTS] == HOSTS
        rebound = {"Host": "evil.example", "Origin": "http://evil.example"}
        refused = client.post("/v1/ask", json={"text": "hi"}, headers=rebound)
        assert (refused.status_code, refused.json()["type"]) == (421, "/faq/problems/wrong-host")
        assert "'evil.example' is not a name of this service" in refused.json()["detail"]
        assert "FACTOTUM_ALLOWED_HOSTS" in refused.json()["detail"]
        assert b" 200 " in send(below, b"GET /v1/about HTTP/1.0\r\n\r\n")
        twice = b"GET /v1/about HTTP/1.1\r\nHost: localhost\r\nHost: evil.example\r\nConnection: close\r\n\r\n"
        assert b" 200 " not in send(below, twice)


def test_every_address_lies_below_the_path_of_the_proxy(below: Service) -> None:
    """Whether the proxy passes the path on or takes it away, and whether it passes on the name or not."""
    with client_of(base_url=below.url) as client:
        for path in ("", "/faq"):
            assert client.get(f"{path}/v1/about").status_code == 200
            moved = client.get(f"{path}/v1/entries/?theme=sky")
            assert (moved.status_code, moved.headers["location"]) == (307, "/faq/v1/entries?theme=sky")
            assert client.get(f"{path}/v1/nothing").json()["type"] == "/faq/problems/not-found"
            assert client.get(f"{path}/problems/not-found").status_code == 200
            assert client.get(f"{path}/openapi.json").json()["servers"] == [{"url": "https://desk.example.org/faq"}]
            assert "https://desk.example.org/faq/widget.js" in client.get(f"{path}/embed").text
            assert client.post(f"{path}/", data={"text": "how deep"}, headers={"Origin": "https://desk.example.org"}).status_code == 200
        assert client.get("/faqs/v1/about").status_code == 404
    assert b'"type": "/faq/problems/bad-request"' in send(below, b"nonsense\r\n\r\n")


def test_the_operator_is_told_once_of_each_name_and_origin_that_is_refused(below: Service) -> None:
    with client_of(base_url=below.url) as client:
        for _ in range(2):
            client.get("/healthz", headers={"Host": "astray.example"})
            client.options("/v1/ask", headers={"Origin": "https://shop.example", "Access-Control-Request-Method": "POST"})
            refused = client.post("/v1/ask", json={"text": "hi"}, headers={"Origin": "https://shop.example"})
            page = client.post("/", data={"text": "hi"}, headers={"Origin": "https://own.example"})
    assert "name https://shop.example in FACTOTUM_ORIGINS" in refused.json()["detail"]
    assert "FACTOTUM_PUBLIC_URL" in page.text
    names = [line["refused"] for line in below.lines("a request called the service by a name that is not its own")]
    assert names.count("astray.example") == 1
    origins = {line["refused"]: line["mend"] for line in below.lines("a page of another origin asked")}
    assert "FACTOTUM_ORIGINS" in origins["https://shop.example"]
    assert "FACTOTUM_PUBLIC_URL" in origins["https://own.example"]
    assert len(below.lines("a page of another origin asked")) == len(origins)


def test_every_setting_is_a_flag_but_those_that_hold_secrets() -> None:
    assert set(Settings.model_fields) - set(flags()) == {"intents", "secret", "former_secrets", "tokens", "rate_store", "database"} | {
        "handoff_secret",
        "handoff_webhook",
        "smtp",
        "channels",
    }
    with pytest.raises(UsageError, match="arguments: --secret x"):
        serve.run(["--secret", "x"], date.today)


def test_all_rates_of_a_setting_hold_and_a_refusal_says_when_to_come_back(tmp_path: Path) -> None:
    with running(tmp_path, rate="100/minute;3/day", database="none") as limited:
        codes = [get(f"{limited.url}/v1/about").status_code for _ in range(3)]
        response = get(f"{limited.url}/v1/about")
        assert codes == [200] * 3
        assert (response.status_code, response.json()["type"]) == (429, "/problems/too-many")
        assert 3600 < int(response.headers["retry-after"]) <= 86_400
        assert get(f"{limited.url}/healthz").status_code == 200
