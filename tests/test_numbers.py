"""Sums of money and whole numbers as decisions print them."""

from decimal import Decimal

import pytest

from pipeline.numbers import pounds, whole_number


@pytest.mark.parametrize(
    ("printed", "value"),
    [
        ("£150", "150"), ("£1,500", "1500"), ("£1,234.56", "1234.56"), ("£ 200", "200"), ("£48,000.57", "48000.57"),
        ("£46, 500.57", "46500.57"), ("£1.2 million", "1200000"), ("£3m", "3000000"), ("£12k", "12000"), ("£0.50", "0.5"),
        ("£1,000,000", "1000000"), ("50p", "0.5"), ("one hundred pounds", "100"), ("two hundred and fifty pounds", "250"),
    ],
)  # fmt: skip
def test_pounds(printed, value):
    assert pounds(printed) == Decimal(value)


@pytest.mark.parametrize("printed", ["", "£", "pounds", "some pounds", "£x", "p", "£99999999999"])
def test_no_sum(printed):
    assert pounds(printed) is None


@pytest.mark.parametrize(
    ("printed", "value"),
    [
        ("14", 14), ("one", 1), ("twelve", 12), ("twenty-five", 25), ("twenty five", 25), ("one hundred and ten", 110),
        ("a hundred", 100), ("Three", 3), ("1,200", 1200), ("two thousand", 2000), ("two thousand three hundred", 2300),
    ],
)  # fmt: skip
def test_whole_number(printed, value):
    assert whole_number(printed) == value


@pytest.mark.parametrize("printed", ["", "many", "1.5", "-3", "a few", "9" * 20])
def test_no_whole_number(printed):
    assert whole_number(printed) is None
