"""The statistics' picture, drawn with Pillow: made for a phone held upright.

Shapes are drawn twice as large and reduced, which smooths their edges; letters are smooth by themselves. Lengths are
pixels of the finished picture.
"""

import re
from functools import cache
from io import BytesIO
from pathlib import Path

from PIL import Image, ImageDraw, ImageFont

from bot.drawing.figure import Figure, Part, Tone

WIDTH, HEIGHT = 1080, 1240
MARGIN, PADDING = 56, 48
SMOOTH = 2
PAPER, CARD, EDGE = "#F3F1EC", "#FFFFFF", "#E7E3DA"
INK, MUTED = "#2A3238", "#7B848A"
BAR, AXIS = "#4F8A8B", "#D5D8D6"
WINDOW, WINDOW_FOOT = "#F6E9CC", "#E2B355"
TONES = {Tone.GOOD: "#5FA27E", Tone.FAIR: "#E2B355", Tone.BAD: "#CB6B57", Tone.IDLE: "#C3C8CB"}
# What the fonts of this folder hold: a name in other letters, or with an emoji, is shown without them.
_UNKNOWN = re.compile(
    "[^\u0020-\u007e\u00a0-\u017f\u0400-\u045f\u0490\u0491\u2010-\u2015\u2018-\u201e\u2022\u2026\u2116]+"
)

_HOURS = (MARGIN, 196, WIDTH - MARGIN, 752)
_PARTS = (MARGIN, 788, WIDTH - MARGIN, HEIGHT - MARGIN)
_Box = tuple[float, float, float, float]


def paint(figure: Figure) -> bytes:
    """The figure as a PNG."""
    picture = _Picture()
    room = WIDTH - 2 * MARGIN
    picture.write((MARGIN, 92), figure.title, 50, bold=True, room=room)
    picture.write((MARGIN, 152), figure.subtitle, 34, ink=MUTED, room=room)
    for card in (_HOURS, _PARTS):
        picture.block(card, CARD, radius=28, edge=EDGE)
    _draw_hours(picture, figure)
    _draw_parts(picture, figure)
    return picture.png()


def _draw_hours(picture: "_Picture", figure: Figure) -> None:
    left, top, right, bottom = _inner(_HOURS)
    picture.write((left, top + 20), figure.hours_title, 36, bold=True, room=right - left)
    floor, ceiling = bottom - 48, top + (128 if figure.windows else 84)
    step = (right - left) / 24
    for start, end in figure.windows:
        picture.block((left + start * step, ceiling - 28, left + end * step, floor), WINDOW, radius=6)
    if figure.windows:
        picture.block((left, top + 58, left + 28, top + 86), WINDOW, radius=6)
        picture.write((left + 42, top + 72), figure.windows_label, 28, ink=MUTED, room=right - left - 42)
    most = max(figure.hours, default=0)
    for hour, number in enumerate(figure.hours):
        if number == 0:
            continue
        height = max(6.0, (floor - ceiling - 12) * number / most)
        x = left + hour * step
        picture.block((x + 5, floor - height, x + step - 5, floor), BAR, radius=7, flat_foot=True)
        peak = number == most
        # Numbers of four figures have no room side by side: the highest bar alone is told then.
        if peak or most < 1000:
            at = (x + step / 2, floor - height - 17)
            size = 26 if most < 100 else 20
            picture.write(at, str(number), size, ink=INK if peak else MUTED, bold=peak, anchor="mm")
    picture.block((left, floor, right, floor + 3), AXIS)
    for start, end in figure.windows:
        picture.block((left + start * step, floor, left + end * step, floor + 9), WINDOW_FOOT, radius=4)
    for hour in range(0, 25, 3):
        picture.write((left + hour * step, floor + 34), str(hour), 28, ink=MUTED, anchor="mm")


def _draw_parts(picture: "_Picture", figure: Figure) -> None:
    left, top, right, bottom = _inner(_PARTS)
    picture.write((left, top + 20), figure.parts_title, 36, bold=True, room=right - left)
    parts = [part for part in figure.parts if part.number]
    if not parts:
        picture.write(((left + right) / 2, (top + bottom) / 2), figure.no_parts, 34, ink=MUTED, anchor="mm")
        return
    beside = left
    if figure.share:
        beside = picture.write((left, top + 108), figure.share, 96, bold=True) + 24
        picture.write((beside, top + 124), figure.share_label, 34, ink=MUTED, room=right - beside)
    bar = (left, top + 180, right, top + 222)
    _draw_whole(picture, bar, parts)
    for place, part in enumerate(parts):
        x, y = left + (right - left) / 2 * (place % 2), top + 262 + place // 2 * 48
        picture.block((x, y - 11, x + 22, y + 11), TONES[part.tone], radius=11)
        end = picture.write((x + 36, y), part.label, 30, room=330)
        picture.write((end + 12, y), str(part.number), 30, bold=True)


def _draw_whole(picture: "_Picture", bar: _Box, parts: list[Part]) -> None:
    """The parts side by side in one bar, a small gap between them; none is so small that it cannot be seen."""
    left, top, right, bottom = bar
    gap, least = 5.0, 14.0
    room = right - left - gap * (len(parts) - 1)
    whole = sum(part.number for part in parts)
    widths = [max(least, room * part.number / whole) for part in parts]
    widths[widths.index(max(widths))] -= sum(widths) - room
    x = left
    for part, width in zip(parts, widths, strict=True):
        picture.block((x, top, x + width, bottom), TONES[part.tone], radius=7)
        x += width + gap


def _inner(card: tuple[int, int, int, int]) -> _Box:
    left, top, right, bottom = card
    return left + PADDING, top + 36, right - PADDING, bottom - 32


class _Picture:
    """Blocks first, letters on top of them."""

    def __init__(self) -> None:
        self._image = Image.new("RGB", (WIDTH * SMOOTH, HEIGHT * SMOOTH), PAPER)
        self._shapes = ImageDraw.Draw(self._image)
        self._texts: list[tuple[tuple[float, float], str, ImageFont.FreeTypeFont, str, str]] = []

    def block(
        self, box: _Box, colour: str, *, radius: float = 0.0, edge: str | None = None, flat_foot: bool = False
    ) -> None:  # fmt: skip
        """A filled rectangle with round corners; with `flat_foot` only the upper ones are round."""
        left, top, right, bottom = (round(length * SMOOTH) for length in box)
        radius = min(radius * SMOOTH, (right - left) / 2, (bottom - top) / 2)
        corners = (True, True, not flat_foot, not flat_foot)
        self._shapes.rounded_rectangle(
            (left, top, right - 1, bottom - 1), radius, fill=colour, outline=edge, width=SMOOTH, corners=corners
        )

    def write(
        self,
        at: tuple[float, float],
        text: str,
        size: int,
        *,
        ink: str = INK,
        bold: bool = False,
        anchor: str = "lm",
        room: float = WIDTH,
    ) -> float:
        """A line of text at its middle height, smaller where the room is short; the x where it ends."""
        text = re.sub(" {2,}", " ", _UNKNOWN.sub("", text)).strip()
        font = _font(size, bold)
        while (width := font.getlength(text)) > room and size > 18:
            size -= 2
            font = _font(size, bold)
        self._texts.append((at, text, font, ink, anchor))
        return at[0] + width

    def png(self) -> bytes:
        image = self._image.reduce(SMOOTH)
        pen = ImageDraw.Draw(image)
        for at, text, font, ink, anchor in self._texts:
            pen.text(at, text, font=font, fill=ink, anchor=anchor)
        written = BytesIO()
        image.save(written, "PNG")
        return written.getvalue()


@cache
def _font(size: int, bold: bool) -> ImageFont.FreeTypeFont:
    file = Path(__file__).parent / f"NotoSans-{'Bold' if bold else 'Regular'}.ttf"
    return ImageFont.truetype(file, size, layout_engine=ImageFont.Layout.BASIC)
