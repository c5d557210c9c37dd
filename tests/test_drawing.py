"""The picture: a PNG of one size for any numbers and names, made without slowing the start."""

import subprocess
import sys
from dataclasses import replace
from io import BytesIO

import pytest
from PIL import Image

from bot.core.owner_notices import StatisticsShown
from bot.core.statistics import Period, Statistics
from bot.core.verdict import Language
from bot.drawing import Figure, Part, Tone, draw
from bot.drawing.picture import HEIGHT, PAPER, TONES, WIDTH
from bot.wording import figure
from tests.wording.samples import ANNA, NOW, WEEK_BEFORE, WEEK_TOLD


def figured(told: Statistics = WEEK_TOLD, name: str = "", language: Language = Language.RU) -> Figure:
    shown = StatisticsShown(Period.WEEK, told, WEEK_BEFORE, "tg:5" if name else "", name)
    drawn = figure(shown, desk=ANNA, language=language, now=NOW)
    assert drawn is not None
    return drawn


def seen(figure: Figure) -> Image.Image:
    image = Image.open(BytesIO(draw(figure)))
    assert image.format == "PNG"
    assert image.size == (WIDTH, HEIGHT)
    return image


def colours(image: Image.Image) -> set[str]:
    found = image.convert("RGB").getcolors(WIDTH * HEIGHT) or []
    return {"#{:02X}{:02X}{:02X}".format(*colour) for _, colour in found if isinstance(colour, tuple)}


@pytest.mark.parametrize("language", list(Language))
def test_it_fits_a_phone_and_a_message_in_every_language(language: Language) -> None:
    drawn = figured(language=language, name="Мария Иванова")
    assert len(draw(drawn)) < 200_000
    assert PAPER in colours(seen(drawn))


def test_every_part_has_its_colour_and_none_is_invisible() -> None:
    parts = (Part("Сдержано", 999, Tone.GOOD), Part("Просрочено", 1, Tone.BAD), Part("Отпало", 0, Tone.IDLE))
    # Each colour stands in the bar as well as in its legend: well over the dot's 380 pixels.
    image = seen(replace(figured(), parts=parts, windows=())).convert("RGB")
    found = {colour: number for number, colour in image.getcolors(WIDTH * HEIGHT) or []}
    wide = {tone: found.get(tuple(bytes.fromhex(TONES[tone][1:])), 0) for tone in Tone}
    assert wide[Tone.GOOD] > 20_000
    assert wide[Tone.BAD] > 600
    assert wide[Tone.IDLE] == wide[Tone.FAIR] == 0


@pytest.mark.parametrize(
    "told",
    [
        replace(WEEK_TOLD, hours=(0,) * 24, kept=0, kept_moved=0, missed=0, withdrawn=0),
        replace(WEEK_TOLD, hours=(100_000,) * 24, kept=100_000, missed=100_000, withdrawn=100_000),
        replace(WEEK_TOLD, hours=(0,) * 23 + (1,), kept=0, kept_moved=0, missed=0),
    ],
    ids=["nothing", "very much", "only withdrawn"],
)
def test_any_numbers_can_be_drawn(told: Statistics) -> None:
    seen(figured(told))


@pytest.mark.parametrize("name", ["Ян", "🦊", "اسم", "Ж" * 64, "O’Brien & <Söhne>"])
def test_any_name_can_be_drawn(name: str) -> None:
    seen(figured(name=name))


def test_windows_of_the_week_are_shaded_once() -> None:
    assert figured().windows == ((10.0, 11.0), (14.0, 14.5), (17.5, 18.0))


def test_where_nothing_happened_there_is_no_picture() -> None:
    nothing = StatisticsShown(Period.WEEK, Statistics(NOW, NOW), WEEK_BEFORE)
    assert figure(nothing, desk=ANNA, language=Language.RU, now=NOW) is None


def test_the_start_does_not_pay_for_the_picture() -> None:
    code = "import sys, bot.app; sys.exit('PIL' in sys.modules)"
    assert subprocess.run([sys.executable, "-c", code], check=False).returncode == 0
