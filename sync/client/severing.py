"""Ends connections at once, even one on which an answer is awaited: whoever waits then hears that the road is cut."""

from __future__ import annotations

import re
import socket
from contextlib import suppress
from typing import TYPE_CHECKING
from weakref import WeakKeyDictionary, WeakSet

from requests.adapters import HTTPAdapter
from urllib3 import HTTPConnectionPool, HTTPSConnectionPool, PoolManager
from urllib3.connection import HTTPConnection, HTTPSConnection

if TYPE_CHECKING:
    from http.client import _DataType

    from urllib3._base_connection import BaseHTTPConnection, BaseHTTPSConnection

_SMALL = 16_384
"""Bytes of a body that is sent together with its head, at most."""

_LENGTH = re.compile(rb"\r\nContent-Length: (\d+)\r\n", re.IGNORECASE)

_made: WeakKeyDictionary[HTTPConnectionPool, WeakSet[BaseHTTPConnection]] = WeakKeyDictionary()
"""Every connection of a pool; the pool itself forgets one while an answer is awaited on it."""


class _AtOnce(HTTPConnection):
    """Sends the head of a small request together with its body: apart they wake the centre twice."""

    _is_head = False
    _head = b""

    def endheaders(self, message_body: _DataType | None = None, *, encode_chunked: bool = False) -> None:
        self._is_head, self._head = True, b""
        try:
            super().endheaders(message_body, encode_chunked=encode_chunked)
        finally:
            self._is_head = False

    def send(self, data: _DataType | str) -> None:
        if self._is_head and isinstance(data, bytes) and 0 < _follows(data) <= _SMALL:
            self._head = data
        elif self._head and isinstance(data, bytes):
            head, self._head = self._head, b""
            super().send(head + data)
        else:
            super().send(data)


def _follows(head: bytes) -> int:
    """Give the bytes of the body that a head announces."""
    found = _LENGTH.search(head)
    return int(found[1]) if found else 0


class _AtOnceSealed(_AtOnce, HTTPSConnection):
    pass


class _Plain(HTTPConnectionPool):
    ConnectionCls = _AtOnce

    def _new_conn(self) -> BaseHTTPConnection:
        connection = super()._new_conn()
        _made.setdefault(self, WeakSet()).add(connection)
        return connection


class _Sealed(HTTPSConnectionPool):
    ConnectionCls = _AtOnceSealed

    def _new_conn(self) -> BaseHTTPSConnection:
        connection = super()._new_conn()
        _made.setdefault(self, WeakSet()).add(connection)
        return connection


_POOLS: dict[str, type[HTTPConnectionPool]] = {"http": _Plain, "https": _Sealed}


class Severable(HTTPAdapter):
    """Carries requests as the library does, on connections that can be ended from any thread."""

    def __init__(self) -> None:
        super().__init__()
        self.poolmanager.pool_classes_by_scheme = _POOLS

    def proxy_manager_for(self, proxy: str, **named: object) -> PoolManager:
        """Give the library's way through a proxy, whose connections are remembered too."""
        manager: PoolManager = super().proxy_manager_for(proxy, **named)
        manager.pool_classes_by_scheme = _POOLS
        return manager

    def sever(self) -> None:
        """End every connection."""
        managers: list[PoolManager] = [self.poolmanager, *self.proxy_manager.values()]
        for manager in managers:
            for key in list(manager.pools.keys()):
                pool = manager.pools.get(key)
                for connection in tuple(_made.get(pool, ())) if pool is not None else ():
                    end = getattr(connection, "sock", None)
                    if isinstance(end, socket.socket):
                        with suppress(OSError):
                            # Past TLS: its own farewell would be one more thing to wait for.
                            socket.socket.shutdown(end, socket.SHUT_RDWR)
                if pool is not None:
                    pool.close()
