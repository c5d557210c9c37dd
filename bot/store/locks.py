"""flock(2), as the embedded store uses it: the kernel frees a dead holder's lock, so no pid file can ever be stale."""

import fcntl
import os
from pathlib import Path
from types import TracebackType
from typing import Self


class Lock:
    """A lock on `path` (made if missing, mode 0600), owned by one open file description.

    A process that inherits `fd` shares the lock, and it stays taken until the last of them has closed it or died: that
    is how the server holds `server.lock` for as long as it lives, whatever becomes of the process that started it.
    Closing therefore never unlocks explicitly: LOCK_UN would free it under the server too.
    """

    __slots__ = ("fd",)

    def __init__(self, path: Path) -> None:
        self.fd = os.open(path, os.O_RDWR | os.O_CREAT | os.O_CLOEXEC, 0o600)

    def take(self) -> bool:
        """Take it for ourselves alone, without waiting; false when anybody else holds it in any way."""
        try:
            fcntl.flock(self.fd, fcntl.LOCK_EX | fcntl.LOCK_NB)
        except BlockingIOError:
            return False
        return True

    def share(self) -> None:
        """Hold it together with others. Waits for nobody unless somebody holds it alone."""
        fcntl.flock(self.fd, fcntl.LOCK_SH)

    def only_holder(self) -> bool:
        """Whether nobody else shares it. It is ours, shared, before and after.

        Linux drops the shared lock *before* it tries the exclusive one and does not give it back on refusal, so it is
        asked for again. The caller sees to it (`start.lock`) that no two processes ask at once.
        """
        alone = self.take()
        self.share()
        return alone

    def close(self) -> None:
        os.close(self.fd)

    def __enter__(self) -> Self:
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        self.close()
