from decimal import Decimal

import pytest
from hypothesis import given
from hypothesis import strategies as st

from registry.pricing.meters import UnknownMeter
from registry.pricing.quotes import (
    Quote,
    QuoteError,
    QuoteFault,
    plain,
    read_money,
    read_number,
    read_quote,
)
from registry.pricing.rates import MAX_PLACES, PriceState

MILLION = Decimal(1_000_000)


def quote(text: str, per: Decimal = MILLION, **rest: object) -> Quote:
    return Quote("input_tokens", text, per, "prompt", **rest)  # type: ignore[arg-type]


# The rows of the bad-input table: (row, text, fault).
REFUSED = [
    (1, "NaN", QuoteFault.NOT_FINITE),
    (1, "Infinity", QuoteFault.NOT_FINITE),
    (1, "-inf", QuoteFault.NOT_FINITE),
    (1, "1e400", QuoteFault.NOT_FINITE),
    (1, "1e99999999999", QuoteFault.NOT_FINITE),
    (3, "-1", QuoteFault.NEGATIVE),
    (3, "-0", QuoteFault.NEGATIVE),
    (3, "$-3", QuoteFault.NEGATIVE),
    (3, "-$3", QuoteFault.NEGATIVE),
    (3, "−0.5", QuoteFault.NEGATIVE),
    (5, "0", QuoteFault.ZERO),
    (5, "$0.00", QuoteFault.ZERO),
    (5, "0e-9", QuoteFault.ZERO),
    (7, "1_000", QuoteFault.FOREIGN_DIGITS),
    (7, "１２", QuoteFault.FOREIGN_DIGITS),
    (7, "٣", QuoteFault.FOREIGN_DIGITS),
    (8, "1,74", QuoteFault.AMBIGUOUS_SEPARATOR),
    (8, "1,234", QuoteFault.AMBIGUOUS_SEPARATOR),
    (8, "1.234,56", QuoteFault.AMBIGUOUS_SEPARATOR),
    (8, "1.234.567", QuoteFault.AMBIGUOUS_SEPARATOR),
    (9, ".74", QuoteFault.EATEN_FIGURE),
    (9, "$.74", QuoteFault.EATEN_FIGURE),
    (9, ",100", QuoteFault.EATEN_FIGURE),
    (10, "/bin/bash.95", QuoteFault.EATEN_VARIABLE),
    (10, "$pkgname", QuoteFault.EATEN_VARIABLE),
    (10, "${price}", QuoteFault.EATEN_VARIABLE),
    (11, "$3¹", QuoteFault.FOOTNOTE),
    (11, "3*", QuoteFault.FOOTNOTE),
    (11, "$3 (1)", QuoteFault.FOOTNOTE),
    (11, "from $2", QuoteFault.RANGE),
    (11, "up to 5", QuoteFault.RANGE),
    (11, "$1–$2.50", QuoteFault.RANGE),
    (11, "1 to 2", QuoteFault.RANGE),
    (12, "~~$5~~ $3", QuoteFault.RANGE),
    (13, "0.123456789012345678", QuoteFault.TOO_MANY_DIGITS),
    (13, "1e-20", QuoteFault.TOO_MANY_DIGITS),
    (13, "1e24", QuoteFault.TOO_MANY_DIGITS),
    (13, f"{10**MAX_PLACES}", QuoteFault.TOO_MANY_DIGITS),
    (14, "True", QuoteFault.NOT_A_FIGURE),
    (14, "[1, 2]", QuoteFault.NOT_A_FIGURE),
    (14, '{"price": 1}', QuoteFault.NOT_A_FIGURE),
    (14, "null", QuoteFault.NOT_A_FIGURE),
    (14, "", QuoteFault.NOT_A_FIGURE),
    (14, "contact us", QuoteFault.NOT_A_FIGURE),
    (14, "$3/M tokens", QuoteFault.NOT_A_FIGURE),
    (14, "007", QuoteFault.NOT_A_FIGURE),
    (14, "3 " * 5000, QuoteFault.NOT_A_FIGURE),
    (22, "€3", QuoteFault.CURRENCY_CONFLICT),
    (22, "3元", QuoteFault.CURRENCY_CONFLICT),
    (22, "$3 EUR", QuoteFault.CURRENCY_CONFLICT),
    (22, "¥3", QuoteFault.CURRENCY_CONFLICT),
]


@pytest.mark.parametrize(("row", "text", "fault"), REFUSED)
def test_a_figure_that_is_no_certain_price_is_refused_with_its_fault(
    row: int, text: str, fault: QuoteFault
) -> None:
    with pytest.raises(QuoteError) as refused:
        read_quote(quote(text))
    assert refused.value.fault is fault
    assert refused.value.field == "prompt"


def test_every_fault_has_a_row() -> None:
    assert {fault for _, _, fault in REFUSED} == set(QuoteFault)


@pytest.mark.parametrize(
    ("text", "currency", "figure"),
    [
        ("$3", "USD", "3"),
        ("US$3.50", "USD", "3.5"),
        (" $ 1,234.50 ", "USD", "1234.5"),
        ("1,234,567", "USD", "1234567"),
        ("1元", "CNY", "1"),
        ("¥1", "CNY", "1"),
        ("¥1", "JPY", "1"),
        ("$3 USD", "USD", "3"),
        ("3 EUR", "EUR", "3"),
        ("+3", "USD", "3"),
    ],
)
def test_money_is_read_in_its_declared_currency(text: str, currency: str, figure: str) -> None:
    assert read_money(text, currency, field="price") == Decimal(figure)


@pytest.mark.parametrize("text", ["$3", "three", "3元", "1_0"])
def test_a_plain_number_has_no_symbols(text: str) -> None:
    with pytest.raises(QuoteError):
        read_number(text, field="limit")
    assert read_number("272000", field="limit") == 272_000


@pytest.mark.parametrize(
    ("text", "per", "subunits"),
    [
        ("$3", MILLION, 1),
        ("0.000003", Decimal(1), 1),
        ("3e-06", Decimal(1), 1),
        ("3E-6", Decimal(1), 1),
        ("0.003", Decimal(1000), 1),
        ("0.0003", Decimal(1), 100),
        ("300", MILLION, 100),
        ("3.00", MILLION, 1),
    ],
)
def test_three_dollars_a_million_is_one_rate_however_it_is_written(
    text: str, per: Decimal, subunits: int
) -> None:
    priced = read_quote(quote(text, per, subunits=subunits))
    assert priced.rate.amount == 3
    assert str(priced.rate.amount) == "3"
    assert not priced.snapped


@given(st.integers(1, 10**9), st.integers(-4, 0), st.sampled_from([0, 3, 6]))
def test_a_rate_does_not_depend_on_how_its_figure_is_written(
    digits: int, exponent: int, shift: int
) -> None:
    amount = Decimal(digits).scaleb(exponent)
    quoted = amount.scaleb(-shift)
    spellings = {f"{quoted:f}", f"{quoted:e}", f"${quoted:f}", f" {quoted:f}\n"}
    per = Decimal(10) ** (6 - shift)
    read = {read_quote(quote(text, per)).rate for text in spellings}
    assert read == {read_quote(quote(f"{amount:f}")).rate}
    assert read.pop().amount == amount


@given(st.integers(1, 10**6), st.integers(-12, -4))
def test_what_is_read_is_exact(digits: int, exponent: int) -> None:
    figure = Decimal(digits).scaleb(exponent)
    assert read_quote(quote(f"{figure:f}", Decimal(1))).rate.amount == figure * 1_000_000


@pytest.mark.parametrize(
    ("text", "amount"),
    [
        ("2.9999999999999997e-06", "3"),
        ("0.30000000000000004", "300000"),
        ("1.4999999999999998e-07", "0.15"),
        ("7.000000000000001e-07", "0.7"),
    ],
)
def test_float_noise_is_snapped_and_marked(text: str, amount: str) -> None:
    priced = read_quote(quote(text, Decimal(1)))
    assert (priced.rate.amount, priced.snapped) == (Decimal(amount), True)


def test_float_noise_that_reaches_further_than_the_column_is_rounded_to_it() -> None:
    noisy = Quote("input_audio_seconds", "0.0000033333333333333335", Decimal(1), "second")
    priced = read_quote(noisy)
    assert priced.snapped
    assert priced.rate.amount == round(Decimal("0.0000033333333333333335"), MAX_PLACES)


@pytest.mark.parametrize(
    ("text", "meter", "amount"),
    [
        ("8.33333333333333E-8", "input_tokens", "0.0833333333333"),
        ("4.16666666666667E-8", "input_tokens", "0.0416666666667"),
        ("0.0000833333333333", "input_audio_seconds", "0.000083333333333"),
        ("0.0000883333333333", "input_audio_seconds", "0.000088333333333"),
    ],
)
def test_a_quotient_that_was_written_out_is_kept_to_twelve_digits_and_marked(
    text: str, meter: str, amount: str
) -> None:
    priced = read_quote(Quote(meter, text, Decimal(1), "figure"))
    assert (priced.rate.amount, priced.snapped) == (Decimal(amount), True)


@pytest.mark.parametrize(
    ("text", "per", "amount", "snapped"),
    [
        ("0.006", 60, "0.0001", False),
        ("0.017", 60, "0.000283333333333", True),
        ("0.034", 60, "0.000566666666667", True),
        ("3.6", 3600, "0.001", False),
        ("1.00", 3600, "0.000277777777778", True),
    ],
)
def test_a_second_has_its_share_of_a_price_for_each_minute_or_hour(
    text: str, per: int, amount: str, snapped: bool
) -> None:
    priced = read_quote(Quote("input_audio_seconds", text, Decimal(per), "figure"))
    assert (priced.rate.amount, priced.snapped) == (Decimal(amount), snapped)


@pytest.mark.parametrize("text", ["8.12345678901234E-8", "8.33333E-19", "0.0123456789012345E-6"])
def test_digits_without_a_pattern_that_reach_too_far_stay_refused(text: str) -> None:
    with pytest.raises(QuoteError) as caught:
        read_quote(quote(text, Decimal(1)))
    assert caught.value.fault is QuoteFault.TOO_MANY_DIGITS


def test_zeros_at_the_end_are_no_float_noise() -> None:
    assert not read_quote(quote("3.0000000000000000")).snapped


@pytest.mark.parametrize(
    "state", [PriceState.FREE, PriceState.INCLUDED, PriceState.DYNAMIC, PriceState.ON_REQUEST]
)
def test_a_declared_state_needs_no_figure(state: PriceState) -> None:
    rate = read_quote(quote("-1", state=state)).rate
    assert (rate.state, rate.amount) == (state, None)


def test_a_derived_quote_stays_marked() -> None:
    assert read_quote(quote("3", derived=True)).derived


def test_an_unknown_meter_is_refused() -> None:
    with pytest.raises(UnknownMeter):
        read_quote(Quote("tokens", "3", MILLION, "prompt"))


@pytest.mark.parametrize(
    ("written", "shown"),
    [("2.50", "2.5"), ("25e-1", "2.5"), ("1E+3", "1000"), ("1E+11", "1" + 11 * "0")],
)
def test_a_plain_amount_has_no_exponent_and_no_zeros_at_its_end(written: str, shown: str) -> None:
    assert str(plain(Decimal(written))) == shown
