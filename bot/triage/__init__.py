"""Triage: a text in, a verdict out. The door is `judge.Judge`; the reasons it may give are `REASONS`."""

from bot.triage.evidence import REASONS

__all__ = ["REASONS"]
