"""Which IP addresses may be dialled."""

from __future__ import annotations

import ipaddress

import pytest
from hypothesis import given
from hypothesis import strategies as st

from pipeline.edges.addresses import why_not_public

PUBLIC = ["8.8.8.8", "93.184.215.14", "151.101.0.81", "168.63.129.15", "2606:4700::1111", "2a00:1450:4009::5e"]
# Each is true of Python's own `is_global` in some supported version, or is what attack collections use.
NOT_PUBLIC = """
0.0.0.0 0.1.2.3 10.0.0.1 100.64.0.1 100.127.255.255 127.0.0.1 127.255.255.254 168.63.129.16 169.254.169.254 172.16.0.1
172.31.255.255 192.0.0.9 192.0.2.1 192.88.99.1 192.168.0.1 198.18.0.1 198.19.255.255 198.51.100.1 203.0.113.1 224.0.0.1
239.255.255.255 240.0.0.1 255.255.255.255 :: ::1 ::7f00:1 ::ffff:127.0.0.1 ::ffff:8.8.8.8 ::ffff:0:7f00:1
64:ff9b::1.2.3.4 64:ff9b:1::1 100::1
2001::1 2001:10::1 2001:20::1 2001:db8::1 2002::1 2002:a9fe:a9fe::1 2620:4f:8000::1 3fff::1 4000::1
5f00::1 fc00::1 fd00:ec2::254 fe80::1 fe80::5efe:7f00:1 fec0::1 ff02::1 ff0e::1
"""


@pytest.mark.parametrize("text", PUBLIC)
def test_a_public_address_may_be_dialled(text):
    assert why_not_public(ipaddress.ip_address(text)) is None


@pytest.mark.parametrize("text", NOT_PUBLIC.split())
def test_an_address_that_is_not_public_may_not(text):
    assert why_not_public(ipaddress.ip_address(text))


@given(st.ip_addresses())
def test_whatever_python_calls_private_is_refused(address):
    if not address.is_global or address.is_private or address.is_multicast:
        assert why_not_public(address)


@given(st.ip_addresses(v=4), st.sampled_from(["::", "::ffff:0:0", "64:ff9b::", "fe80::5efe:0:0"]))
def test_no_ipv4_address_hides_in_an_ipv6_address(inner, prefix):
    assert why_not_public(ipaddress.IPv6Address(int(ipaddress.IPv6Address(prefix)) | int(inner)))
