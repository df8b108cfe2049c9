"""A small disk of its own, to be filled or to be made read-only."""

import subprocess
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from dataclasses import dataclass
from pathlib import Path

import pytest

IN_NAMESPACE = ["unshare", "--user", "--map-root-user", "--mount"]
"""What an ordinary user may mount in."""


@dataclass(frozen=True)
class Disk:
    """A file system in memory."""

    root: Path

    def fill(self, free: int = 0) -> None:
        """Leaves this many bytes free."""
        with (self.root / "filler").open("wb", buffering=0) as filler:
            with suppress(OSError):
                while True:
                    filler.write(bytes(4096))
            filler.truncate(max(0, filler.tell() - free))

    def make_space(self) -> None:
        """Makes it as empty as before it was filled."""
        (self.root / "filler").unlink()

    def make_read_only(self) -> None:
        """Lets nobody write to it, root included."""
        subprocess.run(["mount", "-o", "remount,ro", self.root], check=True)


@contextmanager
def small_disk(root: Path) -> Iterator[Disk]:
    """Mounts four megabytes there for a while. Skips the test where that is not permitted."""
    root.mkdir()
    mount = ["mount", "-t", "tmpfs", "-o", "size=4m", "tmpfs", str(root)]
    if not _succeeds(mount):
        pytest.skip("mounting a disk takes root's rights; they are tried in a namespace below")
    try:
        yield Disk(root)
    finally:
        subprocess.run(["umount", "--lazy", root], check=True)


def can_mount_in_namespace() -> bool:
    """Tells whether this user may mount a disk for a process and its children."""
    return _succeeds([*IN_NAMESPACE, "mount", "-t", "tmpfs", "tmpfs", "/mnt"])


def _succeeds(command: list[str]) -> bool:
    try:
        return subprocess.run(command, capture_output=True, check=False).returncode == 0
    except FileNotFoundError:
        return False
