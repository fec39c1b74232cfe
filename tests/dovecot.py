"""A real mailbox: Dovecot 2.3 as an ordinary user, with everything below one folder."""

import grp
import os
import pwd
import shutil
import socket
import subprocess
import tempfile
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from dataclasses import dataclass
from email.message import EmailMessage
from pathlib import Path
from typing import Any

import pytest
from imapclient import IMAPClient
from service import PATIENCE, until

PROGRAM = shutil.which("dovecot") or shutil.which("dovecot", path="/usr/sbin")

CONFIGURATION = """
base_dir = {folder}/run
state_dir = {folder}/run
log_path = {folder}/dovecot.log
protocols = imap
mail_max_userip_connections = 1000
listen = 127.0.0.1
ssl = no
disable_plaintext_auth = no
default_login_user = {user}
default_internal_user = {user}
default_internal_group = {group}
first_valid_uid = 0
first_valid_gid = 0
mail_uid = {user}
mail_gid = {group}
mail_location = maildir:{folder}/mail/%n
service anvil {{
  chroot =
}}
service stats {{
  chroot =
}}
service imap-login {{
  chroot =
  inet_listener imap {{
    port = {port}
  }}
  inet_listener imaps {{
    port = 0
  }}
}}
passdb {{
  driver = passwd-file
  args = {folder}/users
}}
userdb {{
  driver = static
  args = uid={user} gid={group} home={folder}/mail/%n
}}
namespace inbox {{
  inbox = yes
  mailbox Entwürfe {{
    special_use = \\Drafts
    auto = subscribe
  }}
}}
"""


@dataclass(slots=True)
class Mailserver:
    """`url` is the mailbox of the bot. `start` and `stop` end with the server up or gone."""

    folder: Path
    port: int
    user: str
    process: subprocess.Popen[bytes] | None = None

    @property
    def url(self) -> str:
        return f"imap://bot%40desk.test:pw@127.0.0.1:{self.port}/"

    def start(self) -> None:
        assert PROGRAM is not None
        who = pwd.getpwnam(self.user)
        other: dict[str, Any] = {"user": who.pw_uid, "group": who.pw_gid, "extra_groups": []} if os.getuid() == 0 else {}
        self.process = subprocess.Popen([PROGRAM, "-F", "-c", str(self.folder / "dovecot.conf")], **other)
        until(self._answers)

    def stop(self) -> None:
        if self.process:
            self.process.terminate()
            self.process.wait(PATIENCE)

    def _answers(self) -> bool:
        with suppress(OSError), socket.create_connection(("127.0.0.1", self.port), timeout=5):
            return True
        return False

    @contextmanager
    def client(self) -> Iterator[IMAPClient]:
        with IMAPClient("127.0.0.1", self.port, ssl=False, timeout=PATIENCE) as client:
            client.login("bot@desk.test", "pw")
            yield client

    def deliver(self, *mails: EmailMessage | bytes) -> None:
        """Puts mails into the bot's inbox."""
        with self.client() as client:
            for mail in mails:
                client.append("INBOX", mail if isinstance(mail, bytes) else mail.as_bytes())

    def drafts(self) -> list[bytes]:
        """The mails in the folder for drafts, as they lie there."""
        files = [file for part in ("cur", "new") for file in (self.folder / "mail" / "bot").glob(f".Entw*/{part}/*")]
        return [file.read_bytes() for file in sorted(files, key=lambda file: file.name)]


@contextmanager
def mailserver() -> Iterator[Mailserver]:
    """A mail server that runs, in a folder of its own. Skips the test where there is no Dovecot 2.3."""
    if PROGRAM is None:
        pytest.skip("NOT TESTED WITH A REAL MAILBOX: there is no dovecot (Debian: dovecot-imapd)")
    version = subprocess.run([PROGRAM, "--version"], capture_output=True, text=True, check=True).stdout
    if not version.startswith("2.3."):
        pytest.skip(f"NOT TESTED WITH A REAL MAILBOX: Dovecot {version.split()[0]} has another configuration than 2.3")
    with socket.create_server(("127.0.0.1", 0)) as free:
        port = free.getsockname()[1]
    with tempfile.TemporaryDirectory(prefix="factotum-dovecot-") as folder:
        server = Mailserver(Path(folder), port, _user())
        _configure(server)
        server.start()
        try:
            yield server
        finally:
            server.stop()


def _user() -> str:
    """Who runs it: not root, as whom it serves nobody."""
    return "nobody" if os.getuid() == 0 else pwd.getpwuid(os.getuid()).pw_name


def _configure(server: Mailserver) -> None:
    who = pwd.getpwnam(server.user)
    for name in ("run", "mail"):
        (server.folder / name).mkdir()
    (server.folder / "users").write_text("bot@desk.test:{PLAIN}pw\n")
    text = CONFIGURATION.format(folder=server.folder, user=server.user, group=grp.getgrgid(who.pw_gid).gr_name, port=server.port)
    (server.folder / "dovecot.conf").write_text(text, "utf-8")
    if os.getuid() == 0:
        for path in (server.folder, *server.folder.iterdir()):
            os.chown(path, who.pw_uid, who.pw_gid)
