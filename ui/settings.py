"""How the page is served: what ``article-qa chat`` is told by its options. It imports no Gradio."""

from dataclasses import dataclass

from ui.access import Passwords

HOST = "127.0.0.1"
PORT = 7860

MAX_UPLOAD_MB = 20
"""The largest original that is read: ``MAX_ORIGINAL_BYTES`` of ``index.types``, whose import the
command line does without."""


@dataclass(frozen=True)
class Settings:
    """How the page is served.

    Attributes:
        host: What it listens on: a name or an address of this machine.
        root_path: Under which a proxy serves it: "/news", or a whole address; empty without one.
        max_upload_mb: The largest file that is taken, in MiB.
        passwords: Of those who may use it; None where anybody may.
        mcp: Whether the tools are offered to language models at ``/mcp``.
    """

    host: str = HOST
    port: int = PORT
    root_path: str = ""
    max_upload_mb: int = MAX_UPLOAD_MB
    passwords: Passwords | None = None
    mcp: bool = False

    @property
    def server_name(self) -> str:
        """The host as it stands in an address: an IPv6 one in square brackets."""
        is_bare_ipv6 = ":" in self.host and not self.host.startswith("[")
        return f"[{self.host}]" if is_bare_ipv6 else self.host

    @property
    def address(self) -> str:
        """Where the page is."""
        return f"http://{self.server_name}:{self.port}"
