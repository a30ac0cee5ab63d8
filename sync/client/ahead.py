"""Reads ahead: what comes over the road is taken apart on a thread of its own while what came before is kept."""

from __future__ import annotations

import threading
from collections.abc import Callable, Generator
from contextlib import closing
from queue import Queue
from typing import TypeVar

T = TypeVar("T")

MOST = 2
"""How much is made ahead at most: frames of a first pull, about a megabyte each once they are taken apart."""


def ahead(making: Generator[T, None, None], give_up: Callable[[], None]) -> Generator[T, None, None]:
    """Give what `making` makes, in order, made ahead on a thread of its own; what it raises is raised after that.

    Closed before the end, it ends `making` too: `give_up` wakes it where it waits for something to come.
    """
    made: Queue[T | _Ended] = Queue(MOST)
    stops = threading.Event()

    def make() -> None:
        ended = _Ended()
        try:
            with closing(making):
                for one in making:
                    made.put(one)
                    if stops.is_set():
                        break
        except BaseException as error:  # noqa: BLE001 - raised again on the thread that asked
            ended.error = error
        made.put(ended)

    maker = threading.Thread(target=make, name="first pull", daemon=True)
    maker.start()
    is_ended = False
    try:
        while not isinstance(one := made.get(), _Ended):
            yield one
        is_ended = True
        if one.error is not None:
            raise one.error
    finally:
        if not is_ended:
            stops.set()
            give_up()
            _drain(made)
        maker.join()


class _Ended:
    """The last that is made, with what was raised."""

    error: BaseException | None = None


def _drain(made: Queue[T | _Ended]) -> None:
    while not isinstance(made.get(), _Ended):
        pass
