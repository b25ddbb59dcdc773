"""Which addresses may be asked, spelling by spelling and network by network."""

from __future__ import annotations

from ipaddress import IPv4Address, IPv6Address, ip_address

import pytest
from hypothesis import example, given
from hypothesis import strategies as st

from scrapers.fetch.addresses import AddressPolicy, check_address, check_resolved, refusal
from scrapers.fetch.errors import AddressRefused
from tests.scrapers.fetch.spellings import REFUSED

PUBLIC = AddressPolicy()

ACCEPTED = {
    "https://example.com": ("example.com", 443, "/"),
    "HTTPS://Example.COM/Prices?b=1#part": ("example.com", 443, "/Prices"),
    "https://example.com:443/a": ("example.com", 443, "/a"),
    "https://example.com:80/a": ("example.com", 80, "/a"),
    "https://xn--bcher-kva.com/": ("xn--bcher-kva.com", 443, "/"),
    "https://1password.com/": ("1password.com", 443, "/"),
    "https://8.8.8.8/": ("8.8.8.8", 443, "/"),
    "https://[2606:4700:4700::1111]/": ("2606:4700:4700::1111", 443, "/"),
    "https://mylocal.example.com/": ("mylocal.example.com", 443, "/"),
}


@pytest.mark.parametrize("address", REFUSED)
def test_refuses_the_spelling(address: str) -> None:
    with pytest.raises(AddressRefused) as refused:
        check_address(address, PUBLIC)
    assert refused.value.code == "address_refused"


@pytest.mark.parametrize("address", ACCEPTED)
def test_accepts_a_plain_public_address(address: str) -> None:
    target = check_address(address, PUBLIC)
    assert (target.host, target.port, target.path) == ACCEPTED[address]
    assert "#" not in target.url


def test_an_error_names_address_value_and_expectation() -> None:
    with pytest.raises(AddressRefused) as refused:
        check_address("https://10.0.0.1/x", PUBLIC)
    assert str(refused.value) == (
        "https://10.0.0.1/x: host 10.0.0.1 is private; expected a public host"
    )


def test_an_allowed_host_may_be_asked_over_http_on_any_port() -> None:
    policy = AddressPolicy(allow_hosts=frozenset({"127.0.0.1"}))
    assert check_address("http://127.0.0.1:8123/x", policy).port == 8123


@pytest.mark.parametrize(
    "address",
    ["http://127.1:8123/", "http://127.0.0.2:8123/", "ftp://127.0.0.1/", "http://x@127.0.0.1/"],
)
def test_an_allowed_host_is_allowed_in_its_own_spelling_only(address: str) -> None:
    with pytest.raises(AddressRefused):
        check_address(address, AddressPolicy(allow_hosts=frozenset({"127.0.0.1"})))


def test_one_private_address_among_public_ones_refuses_the_host() -> None:
    target = check_address("https://rebind.example.com/", PUBLIC)
    with pytest.raises(AddressRefused, match=r"resolves to 10\.0\.0\.1, private"):
        check_resolved(target, [ip_address("8.8.8.8"), ip_address("10.0.0.1")], PUBLIC)


def test_public_addresses_pass() -> None:
    target = check_address("https://example.com/", PUBLIC)
    check_resolved(target, [ip_address("8.8.8.8"), ip_address("2606:4700::1")], PUBLIC)


@given(st.ip_addresses())
@example(ip_address("192.88.99.1"))
def test_whatever_python_calls_not_global_is_refused(address: IPv4Address | IPv6Address) -> None:
    if not address.is_global:
        assert refusal(address)


@given(st.ip_addresses(v=4), st.sampled_from(["::ffff:0:0", "64:ff9b::", "::"]))
def test_an_ipv4_address_inside_an_ipv6_one_is_refused_even_a_public_one(
    inner: IPv4Address, prefix: str
) -> None:
    assert refusal(IPv6Address(int(IPv6Address(prefix)) + int(inner)))


@given(st.text(max_size=60))
@example("[")
@example("[::1]]")
def test_any_text_is_either_accepted_or_refused_by_name(text: str) -> None:
    for address in (text, f"https://{text}", f"https://{text}/", f"https://example.com{text}"):
        try:
            target = check_address(address, PUBLIC)
        except AddressRefused:
            continue
        assert target.host.isascii()
        assert target.port in PUBLIC.ports


@given(st.ip_addresses(v=4).filter(lambda address: not address.is_global))
def test_no_spelling_of_a_private_number_passes(address: IPv4Address) -> None:
    number, parts = int(address), str(address).split(".")
    spellings = [
        str(address),
        str(number),
        hex(number),
        f"0{number:o}",
        ".".join(hex(int(part)) for part in parts),
        ".".join(f"0{int(part):o}" for part in parts),
        f"{parts[0]}.{number & 0xFFFFFF}",
        f"[::ffff:{address}]",
        f"{address}.",
    ]
    for spelling in spellings:
        with pytest.raises(AddressRefused):
            check_address(f"https://{spelling}/", PUBLIC)
