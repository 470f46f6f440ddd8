"""Makers of sheets, and what tests of the import share."""

import csv
import io

import pytest
from openpyxl import Workbook

from participants.people.spreadsheets.imports import import_people, read_people, recognise
from program.spreadsheets.files import BadSpreadsheet, read_spreadsheet
from tests.makers import make_organizer

HEADS = ["E-mail", "Name as in the passport", "Country"]


def as_csv(*rows, encoding="utf-8", delimiter=",", heads=HEADS):
    out = io.StringIO()
    csv.writer(out, delimiter=delimiter).writerows([heads, *rows])
    return out.getvalue().encode(encoding)


def as_xlsx(*rows, heads=HEADS, change=None):
    book = Workbook()
    for row in [heads, *rows]:
        book.active.append(row)
    if change:
        change(book)
    out = io.BytesIO()
    book.save(out)
    return out.getvalue()


def run(program, data, dry_run=False, by=None):
    people = recognise(read_spreadsheet(data))
    return read_people(program, people) if dry_run else import_people(program, people, by or make_organizer())


def errors_of(report):
    return {row.number: list(row.errors) for row in report.wrong}


def message_of(data):
    with pytest.raises(BadSpreadsheet) as error:
        recognise(read_spreadsheet(data))
    return str(error.value)


SOMEBODY = ("a@example.org", "Sample Person", "Nepal")
