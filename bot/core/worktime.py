"""Working time: how much of it a stretch of time holds, and answers that the owner wants some of it for.

It is counted over the hours of the desk's working days; a day without hours of its own is worked from its first window
to its last. Everything given and returned is aware.
"""

from datetime import datetime, timedelta

from bot.core.calendar import REACH, NoWindow, day_end, hours_between, is_working_day, local_date
from bot.core.desk import AnswerTime, Desk
from bot.core.stretches import DAY


def add_working_time(desk: Desk, start: datetime, amount: timedelta) -> datetime:
    """The first moment, `start` or later, by which `amount` of working time has passed since `start`; UTC but for zero.

    So it is a moment of the hours or their end, and adding a part and then the rest is adding all at once. Raises
    `NoWindow` where the desk does not work so much within `REACH`.
    """
    left = amount
    if left <= timedelta(0):
        return start
    for stretch in hours_between(desk, start, start + REACH):
        begin = max(start, stretch.start)
        if stretch.end - begin >= left:
            return begin + left
        left -= stretch.end - begin
    raise NoWindow(f"desk {desk.id} does not work {amount} within {REACH.days} days of {start}")


def add_working_days(desk: Desk, start: datetime, days: int) -> datetime:
    """The end of the last window of the working day that comes so many after the day of `start`; of its hours where it
    has no window. Raises `NoWindow` where there is no such day within `REACH`.
    """
    day, end = local_date(desk, start), start
    for _ in range(REACH.days):
        if days <= 0:
            return end
        day += DAY
        # A day whose whole time the clocks skip is none.
        if is_working_day(desk, day) and (ends := day_end(desk, day)):
            days, end = days - 1, ends
    raise NoWindow(f"desk {desk.id} does not work so many days within {REACH.days} days of {start}")


def answer_time(desk: Desk, topics: tuple[str, ...], client: str, name: str) -> AnswerTime | None:
    """The first of the desk's answer times that fits what came (`Verdict.topics`) and who wrote (address and name)."""
    known = {_plain(client), _plain(name)}
    for answer in desk.answers:
        fits_kind = not answer.kinds or not set(answer.kinds).isdisjoint(topics)
        if fits_kind and (not answer.client or _plain(answer.client) in known):
            return answer
    return None


def earliest(desk: Desk, arrived: datetime, answer: AnswerTime) -> datetime:
    """When an answer with this answer time may fall due at the earliest. Raises `NoWindow`."""
    if answer.working_days:
        return add_working_days(desk, arrived, answer.working_days)
    return add_working_time(desk, arrived, answer.working_time)


def _plain(name: str) -> str:
    return " ".join(name.split()).casefold()
