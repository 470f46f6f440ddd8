"""The agenda on paper, as a participant takes it home."""

from io import BytesIO

from pypdf import PdfReader


def test_agenda_is_printed_on_few_sheets_and_none_holds_a_leftover(demo, visit):
    page = visit("/ikm-2018/agenda/", width=1440, height=900)

    pdf = PdfReader(BytesIO(page.pdf(prefer_css_page_size=True)))
    sheets = [" ".join(sheet.extract_text().split()) for sheet in pdf.pages]

    assert len(sheets) <= 4
    assert "All times are WIB (UTC+7)." in sheets[0]
    assert "Departures" in sheets[-1]
    assert "Release 1 of the agenda" in sheets[-1]
    assert "Wear: Formal" in sheets[0]
    assert "Sign in" not in "".join(sheets)
