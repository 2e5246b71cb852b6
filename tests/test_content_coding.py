"""Bodies and their content codings."""

from __future__ import annotations

import gzip
import zlib

import pytest
from hypothesis import given
from hypothesis import strategies as st

from pipeline.gathering.content_coding import Undecoded, decode_body
from pipeline.model import Reason

CODINGS = {"gzip": gzip.compress, "deflate": zlib.compress, "": bytes}


@given(st.binary(max_size=4_000), st.sampled_from(sorted(CODINGS)))
def test_what_was_packed_comes_out(body, coding):
    assert decode_body(CODINGS[coding](body), coding, max_bytes=4_000) == body


@given(st.binary(min_size=1, max_size=4_000), st.sampled_from(["gzip", "deflate"]), st.data())
def test_no_prefix_of_a_packed_body_passes_for_the_whole(body, coding, data):
    packed = CODINGS[coding](body)
    cut = data.draw(st.integers(0, len(packed) - 1))
    assert isinstance(decode_body(packed[:cut], coding, max_bytes=4_000), Undecoded)


@given(st.binary(min_size=11, max_size=4_000), st.sampled_from(sorted(CODINGS)))
def test_the_limit_is_that_of_the_decoded_body(body, coding):
    packed = CODINGS[coding](body)
    assert decode_body(packed, coding, max_bytes=len(body)) == body
    over = decode_body(packed, coding, max_bytes=len(body) - 1)
    assert isinstance(over, Undecoded)
    assert over.reason is Reason.TOO_LARGE


@pytest.mark.parametrize("padding", [b"\0\0\0", b"\r\n", b"junk"])
def test_padding_after_a_gzip_stream_is_no_fault(padding):
    assert decode_body(gzip.compress(b"feed") + padding, "gzip", max_bytes=100) == b"feed"
