"""What `/privacy` says is what the gate does."""

from dataclasses import replace
from datetime import timedelta

import pytest

from bot.core.client_notices import PrivacyTold
from bot.core.desk import Desk
from bot.core.opinion import Outside
from bot.core.verdict import Language
from bot.ports import Say
from bot.store.redis import REMEMBER, SHOWN
from bot.wording import word
from bot.wording.privacy import HANDED
from tests.wording.samples import ANNA, NOW


def told(desk: Desk = ANNA, language: Language = Language.RU, *outside: Outside) -> str:
    said = word(PrivacyTold(outside), desk=desk, language=language, now=NOW)
    assert isinstance(said, Say)
    return said.text


@pytest.mark.parametrize("language", list(Language))
def test_the_times_are_those_of_the_store(language: Language) -> None:
    hours, days = REMEMBER // timedelta(hours=1), SHOWN // timedelta(days=1)
    assert f" {hours} " in told(language=language)
    assert f" {days} " in told(language=language)


def test_a_deputy_who_sees_alarms_is_named() -> None:
    with_deputy = replace(ANNA, owner=replace(ANNA.owner, backup="tg:7"))
    assert "доверенное лицо" in told(with_deputy)
    assert "доверенное лицо" not in told()


def test_every_service_outside_is_told_where_it_is_set_up_and_nowhere_else() -> None:
    assert set(HANDED) == set(Outside)
    assert "внешней языковой модели" in told(ANNA, Language.RU, Outside.OPINION)
    assert "внешней языковой модели" not in told()
