"""Which addresses may be asked, spelling by spelling and network by network."""

from __future__ import annotations

from ipaddress import IPv4Address, IPv6Address, ip_address

import pytest
from hypothesis import example, given
from hypothesis import strategies as st

from scrapers.fetch.addresses import AddressPolicy, check_address, check_resolved, refusal
from scrapers.fetch.errors import AddressRefused

PUBLIC = AddressPolicy()

REFUSED = [
    # loopback, spelled plainly and oddly
    "https://127.0.0.1/",
    "https://127.1/",
    "https://127.0.1/",
    "https://2130706433/",
    "https://017700000001/",
    "https://0177.0.0.1/",
    "https://0x7f.1/",
    "https://0x7f000001/",
    "https://0x7f.0x0.0x0.0x1/",
    "https://127.0.0.01/",
    "https://127.0.0.1./",
    "https://127.0.0.1:443/",
    "https://127.255.255.254/",
    "https://１２７.０.０.１/",
    "https://127。0。0。1/",
    "https://①②⑦.⓪.⓪.①/",
    "https://[::1]/",
    "https://[0:0:0:0:0:0:0:1]/",
    "https://[::ffff:127.0.0.1]/",
    "https://[::FFFF:7F00:1]/",
    "https://[::127.0.0.1]/",
    "https://[::]/",
    "https://0.0.0.0/",
    "https://0/",
    "https://localhost/",
    "https://LOCALHOST/",
    "https://localhost./",
    "https://www.localhost/",
    # the local networks and what stands on them
    "https://10.0.0.1/",
    "https://172.16.0.1/",
    "https://172.31.255.255/",
    "https://192.168.1.1/",
    "https://100.64.0.1/",
    "https://169.254.169.254/latest/meta-data/",
    "https://2852039166/",
    "https://[fe80::1]/",
    "https://[fe80::1%25eth0]/",
    "https://[fd00:ec2::254]/",
    "https://[fec0::1]/",
    "https://router/",
    "https://printer.local/",
    "https://metadata.google.internal/",
    # an address inside an address
    "https://[64:ff9b::7f00:1]/",
    "https://[64:ff9b::8.8.8.8]/",
    "https://[64:ff9b:1::a00:1]/",
    "https://[2002:7f00:1::]/",
    "https://[2001:0:53aa:64c::1]/",
    # reserved, multicast, documentation
    "https://224.0.0.1/",
    "https://240.0.0.1/",
    "https://255.255.255.255/",
    "https://192.0.2.1/",
    "https://198.18.0.1/",
    "https://[ff02::1]/",
    "https://[2001:db8::1]/",
    "https://[100::1]/",
    # user info, other schemes and ports, unclear text
    "https://example.com@127.0.0.1/",
    "https://127.0.0.1#@example.com/",
    "https://user:word@example.com/",
    "https://@example.com/",
    "http://example.com/",
    "ftp://example.com/",
    "file:///etc/passwd",
    "gopher://example.com/",
    "//example.com/",
    "example.com",
    "https:///prices",
    "https://example.com:22/",
    "https://example.com:6379/",
    "https://example.com:99999999/",
    "https://example.com:４４３/",
    "https://example.com./",
    "https://example..com/",
    "https://-example.com/",
    "https://exa mple.com/",
    "https://example.com\\@127.0.0.1/",
    "https://example.com\t/",
    "https://example.com/\r\nHost: 127.0.0.1",
    " https://example.com/",
    "https://exam%70le.com/",
    "https://[::1/",
    "https://[v1.x]/",
    "https://999.1.1.1/",
    "https://1.2.3/",
    "https://example.0x1/",
    "https://bücher.example/",
]

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
    with pytest.raises(AddressRefused, match="resolves to 10.0.0.1, private"):
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
