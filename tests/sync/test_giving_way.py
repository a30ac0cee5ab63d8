"""What comes over the road gives way to the window piece by piece, on every road of a device."""

from __future__ import annotations

from collections.abc import Callable, Iterator

import pytest

from sync.client.transport import Road
from tests.sync.test_hostile_centre import Impostor
from tests.sync.world import Moving

LINE = b"x" * 200_000


@pytest.fixture
def impostor() -> Iterator[Impostor]:
    made = Impostor()
    yield made
    made.close()


def test_every_piece_that_comes_gives_way_first(impostor: Impostor) -> None:
    impostor.answers["/lines"] = (200, {}, LINE)
    asked: list[int] = []

    def give_way(unless: Callable[[], bool] | None = None) -> None:
        assert unless is None, "nothing is held while one waits for what comes"
        asked.append(0)

    road = Road(impostor.url, Moving().now, give_way=give_way)
    for way in (road, road.twin()):
        asked.clear()
        with way.lines("GET", "/lines") as pieces:
            came = [(len(piece), len(asked)) for piece in pieces]
        assert sum(size for size, _ in came) == len(LINE)
        assert [times for _, times in came] == list(range(1, len(came) + 1))
        assert len(came) > 1
        way.close()
