"""Content encodings undone in bounded steps."""

from __future__ import annotations

import gzip
import zlib
from collections.abc import Callable

import brotli  # type: ignore[import-untyped]
import pytest
import zstandard
from hypothesis import given
from hypothesis import strategies as st

from scrapers.fetch.decoding import BrokenEncoding, decoder_for

MILLION = 1_000_000
LARGEST_PIECE = 4 * MILLION

ENCODERS: dict[str, Callable[[bytes], bytes]] = {
    "identity": bytes,
    "gzip": gzip.compress,
    "x-gzip": gzip.compress,
    "br": lambda body: bytes(brotli.compress(body, quality=4)),
    "zstd": zstandard.ZstdCompressor().compress,
}
COMPRESSED = [name for name in ENCODERS if name != "identity"]


@given(
    body=st.binary(max_size=5000).map(lambda part: part * 7),
    encoding=st.sampled_from(list(ENCODERS)),
    cuts=st.integers(1, 400),
)
def test_gives_back_what_was_encoded_however_it_is_cut(
    body: bytes, encoding: str, cuts: int
) -> None:
    encoded = ENCODERS[encoding](body)
    decoder = decoder_for(encoding)
    pieces = [
        piece
        for start in range(0, len(encoded), cuts)
        for piece in decoder.feed(encoded[start : start + cuts])
    ]
    assert b"".join(pieces) == body
    assert decoder.finished or not encoded


@pytest.mark.parametrize("encoding", COMPRESSED)
def test_a_bomb_comes_out_in_small_pieces(encoding: str) -> None:
    bomb = ENCODERS[encoding](bytes(50 * MILLION))
    sizes = [len(piece) for piece in decoder_for(encoding).feed(bomb)]
    assert sum(sizes) == 50 * MILLION
    assert max(sizes) <= LARGEST_PIECE


@pytest.mark.parametrize("encoding", COMPRESSED)
def test_a_stream_without_its_end_is_not_finished(encoding: str) -> None:
    decoder = decoder_for(encoding)
    encoded = ENCODERS[encoding](bytes(range(256)) * 40)
    for _ in decoder.feed(encoded[:-5]):
        assert not decoder.finished
    assert not decoder.finished


@pytest.mark.parametrize("encoding", ["gzip", "zstd"])
def test_streams_one_after_the_other_are_one_body(encoding: str) -> None:
    encode, decoder = ENCODERS[encoding], decoder_for(encoding)
    assert b"".join(decoder.feed(encode(b"input ") + encode(b"output"))) == b"input output"
    assert decoder.finished


@pytest.mark.parametrize("encoding", COMPRESSED)
def test_bytes_of_another_kind_are_broken(encoding: str) -> None:
    with pytest.raises(BrokenEncoding):
        list(decoder_for(encoding).feed(b"<html>no such encoding</html>"))


@pytest.mark.parametrize("encoding", COMPRESSED)
def test_bytes_after_the_end_are_broken(encoding: str) -> None:
    with pytest.raises(BrokenEncoding):
        list(decoder_for(encoding).feed(ENCODERS[encoding](b"1.74") + b"<trailing words>"))


@pytest.mark.parametrize("encoding", ["gzip, gzip", "gzip, br", "deflate", "compress", "zip"])
def test_stacked_and_unasked_encodings_are_refused(encoding: str) -> None:
    with pytest.raises(BrokenEncoding, match="not known"):
        decoder_for(encoding)


def test_a_zstd_window_over_the_limit_of_http_is_refused() -> None:
    wide = zstandard.ZstdCompressionParameters.from_level(3, window_log=27)
    writer = zstandard.ZstdCompressor(compression_params=wide).compressobj()
    frame = writer.compress(bytes(20 * MILLION)) + writer.flush()
    with pytest.raises(BrokenEncoding, match="zstd"):
        list(decoder_for("zstd").feed(frame))


def test_gzip_holds_nothing_back_when_a_step_ends_with_its_input() -> None:
    whole = bytes(256 * 1024 * 3 + 100)
    squeezed = zlib.compressobj(9, wbits=31)
    encoded = squeezed.compress(whole) + squeezed.flush()
    decoder = decoder_for("gzip")
    pieces = [piece for byte in encoded for piece in decoder.feed(bytes([byte]))]
    assert b"".join(pieces) == whole
