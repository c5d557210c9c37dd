"""Triage: a text in, a verdict out. The door is `judge.Judge`; the reasons it may give are `REASONS`."""

from bot.triage import evidence, offers

REASONS = evidence.REASONS + offers.REASONS

__all__ = ["REASONS"]
