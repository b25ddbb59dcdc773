"""Content encodings undone in small, bounded steps.

A client that decodes chunk by chunk still turns one 64 KiB chunk into 64 MiB. Here every step
gives at most about `STEP` bytes, so whoever counts them can stop a bomb before it goes off.
"""

from __future__ import annotations

import zlib
from collections.abc import Callable, Iterator
from typing import Protocol

import brotli  # type: ignore[import-untyped]
import zstandard

STEP = 256 * 1024

ACCEPT_ENCODING = "gzip, br, zstd"


class BrokenEncoding(ValueError):
    """Bytes that are not of the encoding they are declared to be."""


class Decoder(Protocol):
    """Undoes one content encoding."""

    def feed(self, data: bytes) -> Iterator[bytes]:
        """What ``data`` adds, in bounded pieces; raises `BrokenEncoding`."""
        ...

    @property
    def finished(self) -> bool:
        """Whether the encoding's own end mark has been read."""
        ...


class Identity:
    """No encoding: it has no end mark, the connection watches over the length."""

    finished = True

    def feed(self, data: bytes) -> Iterator[bytes]:
        yield data


class Gzip:
    """RFC 1952, with members one after the other."""

    def __init__(self) -> None:
        self._member = zlib.decompressobj(wbits=31)

    @property
    def finished(self) -> bool:
        return self._member.eof

    def feed(self, data: bytes) -> Iterator[bytes]:
        full = False
        while data or full:
            if self._member.eof:
                self._member = zlib.decompressobj(wbits=31)
            try:
                piece = self._member.decompress(data, STEP)
            except zlib.error as error:
                raise BrokenEncoding(f"gzip: {error}") from error
            data = self._member.unused_data or self._member.unconsumed_tail
            full = len(piece) == STEP and not self._member.eof
            yield piece


class Brotli:
    """RFC 7932."""

    def __init__(self) -> None:
        self._stream = brotli.Decompressor()

    @property
    def finished(self) -> bool:
        return bool(self._stream.is_finished())

    def feed(self, data: bytes) -> Iterator[bytes]:
        try:
            # The library takes all input in before all output is out, so it is asked until empty.
            while (
                piece := self._stream.process(data, output_buffer_limit=STEP)
            ) or not self._stream.can_accept_more_data():
                data = b""
                yield piece
        except brotli.error as error:
            raise BrokenEncoding(f"br: {error}") from error


class Zstandard:
    """RFC 8878, frames one after the other, in the 8 MiB window that RFC 9659 sets for HTTP.

    The library has no output limit. Four bytes give a block of 128 KiB at most, so feeding it a
    few bytes at a time bounds what comes out (to 2 MiB).
    """

    _BYTES_A_TIME = 64
    _WINDOW = 8 * 1024 * 1024

    def __init__(self) -> None:
        self._library = zstandard.ZstdDecompressor(max_window_size=self._WINDOW)
        self._frame = self._library.decompressobj()

    @property
    def finished(self) -> bool:
        return self._frame.eof

    def feed(self, data: bytes) -> Iterator[bytes]:
        for start in range(0, len(data), self._BYTES_A_TIME):
            rest = data[start : start + self._BYTES_A_TIME]
            while rest:
                if self._frame.eof:
                    self._frame = self._library.decompressobj()
                try:
                    yield self._frame.decompress(rest)
                except zstandard.ZstdError as error:
                    raise BrokenEncoding(f"zstd: {error}") from error
                rest = self._frame.unused_data


_DECODERS: dict[str, Callable[[], Decoder]] = {
    "": Identity,
    "identity": Identity,
    "gzip": Gzip,
    "x-gzip": Gzip,
    "br": Brotli,
    "zstd": Zstandard,
}


def decoder_for(content_encoding: str) -> Decoder:
    """The decoder of a Content-Encoding header; stacked or unknown ones raise `BrokenEncoding`."""
    try:
        return _DECODERS[content_encoding.strip().lower()]()
    except KeyError:
        raise BrokenEncoding(f"content encoding {content_encoding!r} is not known") from None
