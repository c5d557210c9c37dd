"""When the owner reads, where the caller does not say: the hours that the corpus assumes."""

from datetime import datetime, time, timedelta

# 10:00, 14:00 and 17:30, Monday to Friday.
READING_TIMES: tuple[time, ...] = (time(10), time(14), time(17, 30))
_END_OF_WORK = time(18)
_SATURDAY = 5


def next_reading(sent_at: datetime) -> datetime:
    """The first reading time after `sent_at`, in its zone."""
    day = sent_at.date()
    while True:
        if day.weekday() < _SATURDAY:
            for clock in READING_TIMES:
                moment = datetime.combine(day, clock, tzinfo=sent_at.tzinfo)
                if moment > sent_at:
                    return moment
        day += timedelta(days=1)


def end_of_next_working_day(sent_at: datetime) -> datetime:
    """18:00 of the working day after that of `sent_at`; public holidays are left out of account."""
    day = sent_at.date() + timedelta(days=1)
    while day.weekday() >= _SATURDAY:
        day += timedelta(days=1)
    return datetime.combine(day, _END_OF_WORK, tzinfo=sent_at.tzinfo)
