"""factotum example: files to run the service with, to be adapted."""

from collections.abc import Mapping
from importlib.resources import files

from bot.commands.options import Parser
from bot.engine import Clock
from bot.exits import OK

FILES: Mapping[str, str] = {
    "containerfile": "Containerfile",
    "compose": "compose.yaml",
    "systemd": "factotum.service",
    "nginx": "nginx.conf",
    "nginx-sub-path": "nginx-sub-path.conf",
    "caddy": "Caddyfile",
    "caddy-sub-path": "Caddyfile-sub-path",
    "kubernetes": "kubernetes.yaml",
    "prometheus": "prometheus-rules.yaml",
    "grafana": "grafana.json",
}
"""Each example by its name: a file of bot/examples/."""

ABOUT = """Prints a file to run the service with; its first lines say where it goes and what to put in.
Example: factotum example nginx > site.conf"""


def run(arguments: list[str], clock: Clock) -> int:
    parser = Parser("example", ABOUT, intents=False)
    parser.add_argument("name", choices=FILES, metavar="NAME", help=", ".join(FILES))
    print(text_of(parser.parse_args(arguments).name), end="")
    return OK


def text_of(name: str) -> str:
    """The text of an example. Raises KeyError."""
    return (files("bot") / "examples" / FILES[name]).read_text("utf-8")
