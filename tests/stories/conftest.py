from collections.abc import AsyncIterator

import pytest

from tests.stories.gate import Gate, open_gate


@pytest.fixture
async def gate(empty_store: str) -> AsyncIterator[Gate]:
    """The gate on a Tuesday at 11:20, Moscow time, between two windows."""
    async with open_gate(empty_store) as gate:
        yield gate
