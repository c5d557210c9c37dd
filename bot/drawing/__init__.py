"""Pictures: a figure of numbers and finished words in, a PNG out. Knows no language and no desk.

Pillow and the letters of its own (Noto Sans, `OFL.txt`) are loaded when the first picture is asked for, not at start.
"""

from bot.drawing.figure import Figure, Part, Tone

__all__ = ["Figure", "Part", "Tone", "draw"]


def draw(figure: Figure) -> bytes:
    """The figure as a PNG of 1080 x 1240. Takes a good tenth of a second of processor time: for a thread of its own."""
    from bot.drawing.picture import paint

    return paint(figure)
