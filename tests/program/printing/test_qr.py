import pytest

from program.printing import qr
from tests import codes


@pytest.mark.parametrize(
    "text",
    [
        "https://portal.example/ikm-2018/verify/AbCdEfGhIjKlMnOpQrStUv/",
        "otpauth://totp/Portal%3Aorganizer?secret=JBSWY3DPEHPK3PXP&issuer=Portal",
        "1",
    ],
)
def test_a_phone_reads_what_the_code_was_made_of(text):
    assert codes.in_svg(qr.svg(text)) == text


def test_border_is_white_around_the_same_code():
    narrow, wide = qr.svg("1"), qr.svg("1", border=4)

    assert 'viewBox="0 0 21 21"' in narrow
    assert 'viewBox="0 0 29 29"' in wide
    assert codes.in_svg(wide) == "1"


def test_code_is_styled_by_nothing_inline():
    assert "style" not in qr.svg("1")
