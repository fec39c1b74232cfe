"""The files that `factotum example` prints: each read by the tool that it is for, if that is installed; proxies in front of a service."""

import json
import re
import shutil
import socket
import subprocess
from collections.abc import Iterator
from contextlib import suppress
from pathlib import Path
from typing import Any

import httpx
import pytest
import yaml
from base import write
from service import Service, get, running, until

from bot import cli
from bot.commands.example import FILES, text_of
from bot.errors import BotError, UsageError
from bot.serve import settings


@pytest.fixture(scope="module")
def service(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Service]:
    folder = tmp_path_factory.mktemp("examples")
    with running(folder, intents=write(folder / "base"), database="none", public_url="https://www.example.org/faq") as found:
        yield found


def tool(name: str) -> str:
    """The path of a tool; skips the test without it."""
    found = shutil.which(name) or shutil.which(name, path="/usr/sbin:/sbin")
    if found is None:
        pytest.skip(f"{name} is not installed: its example was not tried")
    return found


def passes(*command: str, cwd: Path) -> str:
    done = subprocess.run(command, cwd=cwd, capture_output=True, text=True, check=False)
    assert done.returncode == 0, done.stdout + done.stderr
    return done.stdout + done.stderr


def test_every_file_is_printed_by_its_name(capsys: pytest.CaptureFixture[str]) -> None:
    folder = Path(cli.__file__).parent / "examples"
    assert set(FILES.values()) == {file.name for file in folder.iterdir()}
    for name in FILES:
        assert cli.main(["example", name]) == 0
        assert capsys.readouterr().out == text_of(name)
    with pytest.raises(UsageError, match="nginx-sub-path"):
        cli.main(["example", "apache"])


def test_every_setting_in_an_example_is_one() -> None:
    known = {settings.PREFIX + name.upper() for name in settings.Settings.model_fields}
    for name in FILES:
        assert set(re.findall(r"FACTOTUM_[A-Z_]+", text_of(name))) <= known, name
        for flag in re.findall(r"factotum serve (.*)", text_of(name)):
            named = {found.replace("-", "_") for found in re.findall(r"--([a-z-]+)", flag)}
            assert named <= set(settings.flags()) | {"config"}, flag


NGINX = """daemon off; pid {folder}/nginx.pid; error_log {folder}/error.log; worker_processes 1;
events {{ worker_connections 64; }}
http {{ access_log off;
client_body_temp_path {folder}/a; proxy_temp_path {folder}/b; fastcgi_temp_path {folder}/c; uwsgi_temp_path {folder}/d;
scgi_temp_path {folder}/e; {inner} }}"""


def test_nginx_serves_it_below_a_path(service: Service, tmp_path: Path) -> None:
    nginx, port = tool("nginx"), _free_port()
    inner = text_of("nginx-sub-path").replace("http://127.0.0.1:8000", service.url)
    (tmp_path / "nginx.conf").write_text(NGINX.format(folder=tmp_path, inner=f"server {{ listen 127.0.0.1:{port}; {inner} }}"), "utf-8")
    process = subprocess.Popen([nginx, "-p", str(tmp_path), "-c", str(tmp_path / "nginx.conf")])
    try:
        site = f"http://127.0.0.1:{port}"
        until(lambda: process.poll() is not None or _answers(f"{site}/faq/healthz"))
        with httpx.Client(base_url=site, timeout=60, follow_redirects=True) as client:
            assert 'href="entries/deepest-ocean"' in client.get("/faq").text
            assert client.get("/faq/v1/entries/").json()["entries"] != []
            assert client.get("/faq/v1/nothing").json()["type"] == "/faq/problems/not-found"
            assert client.get("/faq/widget.js").status_code == 200
            assert client.get("/faq/metrics").headers["server"].startswith("nginx")
    finally:
        process.terminate()
        process.wait(60)


def test_nginx_reads_the_one_for_a_whole_name(tmp_path: Path) -> None:
    nginx, openssl = tool("nginx"), tool("openssl")
    made = ("req", "-x509", "-newkey", "rsa:2048", "-nodes", "-subj", "/CN=desk", "-keyout", "desk.key", "-out", "desk.pem")
    passes(openssl, *made, cwd=tmp_path)
    inner = text_of("nginx").replace("/etc/ssl/desk.example.org", str(tmp_path / "desk"))
    (tmp_path / "nginx.conf").write_text(NGINX.format(folder=tmp_path, inner=inner), "utf-8")
    passes(nginx, "-t", "-p", str(tmp_path), "-c", str(tmp_path / "nginx.conf"), cwd=tmp_path)


@pytest.mark.parametrize("name", ["caddy", "caddy-sub-path"])
def test_caddy_reads_its_own(name: str, tmp_path: Path) -> None:
    caddy = tool("caddy")
    (tmp_path / "Caddyfile").write_text(text_of(name), "utf-8")
    passes(caddy, "validate", "--config", "Caddyfile", cwd=tmp_path)


def test_systemd_reads_its_unit_and_finds_it_safe(tmp_path: Path) -> None:
    analyze, unit = tool("systemd-analyze"), tmp_path / "factotum.service"
    unit.write_text(text_of("systemd").replace("/opt/factotum/bin/factotum", "/bin/true"), "utf-8")
    assert "factotum.service" not in passes(analyze, "verify", str(unit), cwd=tmp_path)
    told = passes(analyze, "security", "--offline=true", str(unit), cwd=tmp_path)
    level = re.search(r"exposure level for factotum\.service: ([\d.]+)", told)
    assert level is not None, told
    assert float(level[1]) < 3.0  # of 10; 9.6 is a unit without any protection


def test_prometheus_reads_its_rules_and_all_that_they_name_is_counted(service: Service, tmp_path: Path) -> None:
    counted = set(re.findall(r"^# TYPE (\w+)", get(f"{service.url}/metrics").text, re.M))
    for name in ("prometheus", "grafana"):
        named = {re.sub(r"_bucket$", "", found) for found in re.findall(r"factotum_\w+", text_of(name))}
        assert named <= counted | {f"{found}_total" for found in counted}, name
    (tmp_path / "rules.yaml").write_text(text_of("prometheus"), "utf-8")
    assert "SUCCESS: 7 rules found" in passes(tool("promtool"), "check", "rules", "rules.yaml", cwd=tmp_path)


def test_the_dashboard_holds_every_panel_once() -> None:
    panels: list[dict[str, Any]] = json.loads(text_of("grafana"))["panels"]
    assert len({panel["id"] for panel in panels}) == len(panels)
    assert all(target["expr"] for panel in panels for target in panel["targets"])
    assert all(panel["gridPos"]["x"] + panel["gridPos"]["w"] <= 24 for panel in panels)


def test_probes_ask_what_is_there(service: Service) -> None:
    deployment, _ = yaml.safe_load_all(text_of("kubernetes"))
    (container,) = deployment["spec"]["template"]["spec"]["containers"]
    for probe in ("startupProbe", "livenessProbe", "readinessProbe"):
        assert get(service.url + container[probe]["httpGet"]["path"]).status_code == 200


def test_what_is_composed_holds_together(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
    composed = yaml.safe_load(text_of("compose"))
    for name, part in composed["services"].items():
        assert set(part["networks"]) <= set(composed["networks"]), name
        assert set(part.get("secrets", ())) <= set(composed["secrets"]), name
        assert set(part.get("depends_on", ())) <= set(composed["services"]), name
    for name, value in composed["services"]["factotum"]["environment"].items():
        monkeypatch.setenv(name, value)
    with pytest.raises(BotError, match="/run/secrets/secrets"):
        settings.read()
    (tmp_path / "secrets").write_text("a secret that is long enough\n", "utf-8")
    monkeypatch.setenv("FACTOTUM_SECRETS_FILE", str(tmp_path / "secrets"))
    assert settings.read().workers == 2


def test_an_index_is_built_before_anybody_asks(tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]) -> None:
    monkeypatch.setenv("XDG_CACHE_HOME", str(tmp_path / "cache"))
    assert cli.main(["warm", "--intents", str(write(tmp_path / "base"))]) == 0
    assert f"3 entries is kept in {tmp_path / 'cache'}" in capsys.readouterr().out
    assert list((tmp_path / "cache").rglob("*.kb"))


def test_metrics_tell_version_base_entries_past_review_and_memory(service: Service) -> None:
    told = get(f"{service.url}/metrics").text
    kb = get(f"{service.url}/readyz").json()["kb"]
    assert re.search(rf'^factotum_workers{{kb="{kb}",version="[\d.]+"}} 1.0$', told, re.M)
    assert "factotum_entries 3.0" in told
    assert re.search(r"^factotum_entries_past_review [01].0$", told, re.M)
    assert float(re.findall(r"^factotum_resident_bytes (\S+)$", told, re.M)[0]) > 10_000_000


def _free_port() -> int:
    with socket.socket() as found:
        found.bind(("127.0.0.1", 0))
        port: int = found.getsockname()[1]
        return port


def _answers(url: str) -> bool:
    with suppress(httpx.HTTPError):
        return httpx.get(url, timeout=5).status_code == 200
    return False
