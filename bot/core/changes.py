"""What stands of a desk besides its file: what the owner changed by command, and what the gate remembers."""

from dataclasses import dataclass, replace
from datetime import datetime

from bot.core.desk import Away, Desk


@dataclass(frozen=True, slots=True)
class Changes:
    """The desk's own state, one version number over it.

    `away` stands in place of the file's spans once the owner used /away or /back. `digested` is the start of the last
    window whose digest was considered. `warned` are the promises whose end the owner was warned of, as marks of
    `watch`. `board` is the pinned message (empty: none yet), `board_at` when it was last said, `board_says` what.
    `aside_listed` is when the list of what was set aside was last considered. `touched` counts the changes of the
    board's rows; it is the store's, not written back.
    """

    version: int = 0
    away: tuple[Away, ...] | None = None
    digested: datetime | None = None
    warned: tuple[str, ...] = ()
    board: str = ""
    board_at: datetime | None = None
    board_says: str = ""
    aside_listed: datetime | None = None
    touched: int = 0


def apply_changes(desk: Desk, changes: Changes) -> Desk:
    """The desk as it stands: the file's settings with the owner's later changes."""
    return desk if changes.away is None else replace(desk, away=changes.away)
