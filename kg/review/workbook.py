"""Sheets of rows as a workbook (.xlsx), where openpyxl is installed. No cell is ever a formula."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from pathlib import Path
from typing import Any

__all__ = ["rows", "write"]

_REMEDY = (
    "a workbook needs openpyxl: pip install 'eldercare-kg[xlsx]'; or name a .csv file, which Excel and WPS open too"
)
_WIDE = {"sentence": 60, "reason": 36, "read": 36, "value": 30, "note": 24, "words": 24, "document": 24}
_CHOICES = '"对,删,改,增"'


def _openpyxl() -> Any:
    try:
        import openpyxl
    except ImportError as error:
        raise ValueError(_REMEDY) from error
    return openpyxl


def write(path: Path, heads: Sequence[str], lines: Iterable[Sequence[str]], *, choices: str) -> None:
    """A sheet with its head frozen, texts wrapped, and a list to choose from in the column ``choices``."""
    openpyxl = _openpyxl()
    from openpyxl.styles import Alignment, Font
    from openpyxl.utils import get_column_letter
    from openpyxl.worksheet.datavalidation import DataValidation

    book = openpyxl.Workbook()
    sheet = book.active
    count = 1
    for count, line in enumerate([heads, *lines], 1):
        for column, text in enumerate(line, 1):
            cell = sheet.cell(count, column)
            cell.value = _printable(text)
            cell.data_type = "s"
            cell.alignment = Alignment(wrap_text=True, vertical="top")
            if count == 1:
                cell.font = Font(bold=True)
    names = [head.partition(" ")[0] for head in heads]
    for column, name in enumerate(names, 1):
        sheet.column_dimensions[get_column_letter(column)].width = _WIDE.get(name, 14)
    letter = get_column_letter(names.index(choices) + 1)
    listed = DataValidation(type="list", formula1=_CHOICES, allow_blank=True)
    sheet.add_data_validation(listed)
    listed.add(f"{letter}2:{letter}{max(count, 2) + 500}")
    sheet.freeze_panes = "A2"
    book.save(path)


def _printable(text: str) -> str:
    """Without the control characters that a workbook may not hold."""
    return "".join(char for char in text if char.isprintable() or char in "\n\t")


def rows(path: Path) -> Iterator[list[str]]:
    """The first sheet's rows as text.

    Raises:
        ValueError: openpyxl is not installed, or the file is no workbook.
    """
    openpyxl = _openpyxl()
    try:
        book = openpyxl.load_workbook(path, read_only=True, data_only=True)
        for row in book.worksheets[0].iter_rows(values_only=True):
            yield ["" if cell is None else str(cell) for cell in row]
        book.close()
    except (KeyError, OSError, ValueError) as error:
        raise ValueError(
            f"{path.name}: cannot be read as a workbook ({error}); save it again as .xlsx or .csv"
        ) from error
