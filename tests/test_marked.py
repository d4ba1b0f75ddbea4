"""标注行的读法本身：错了的标记不许悄悄放过。"""

from __future__ import annotations

import pytest
from marked import MarkError, Wanted, parse, render


def test_marks_are_taken_out_and_nested_marks_kept() -> None:
    line = "《[[DOCUMENT_TITLE document=甲政发〔2020〕1号|[[AGENCY nested|甲省政府]]关于养老的意见]]》"
    text, wanted = parse(line)
    assert text == "《甲省政府关于养老的意见》"
    assert wanted == (
        Wanted(1, 12, "DOCUMENT_TITLE", {"document": "甲政发〔2020〕1号"}),
        Wanted(1, 5, "AGENCY", {"nested": True}),
    )


def test_values_may_hold_spaces_numbers_and_null() -> None:
    _, (count, title) = parse(
        "[[COUNT value=1.5 unit=% time=null|1.5%]]与《[[DOCUMENT_TITLE document=甲 乙意见|意见]]》"
    )
    assert count.attributes == {"value": 1.5, "unit": "%", "time": None}
    assert title.attributes == {"document": "甲 乙意见"}


@pytest.mark.parametrize(
    "line",
    [
        "由[[AGENCY|民政部牵头",
        "由民政部]]牵头",
        "由[[民政部]]牵头",
        "由[[BODY|民政部]]牵头",
        "由[[AGENCY cannonical=民政部|民政部]]牵头",
        "由[[AGENCY canonical|民政部]]牵头",
        "由[[AGENCY|]]牵头",
        "由[[AGENCY canonical=[民政部]|民政部]]牵头",
        "共[[COUNT value=三|三家]]",
    ],
)
def test_a_bad_mark_fails(line: str) -> None:
    with pytest.raises(ValueError):
        parse(line)


def test_render_writes_what_parse_reads() -> None:
    line = "截至[[TIME iso=2023-12-31|2023年底]]，[[REGION canonical=甲省|全省]][[AGENCY elliptical|民政]]部门"
    text, wanted = parse(line)
    again = render(text, [{"start": w.start, "end": w.end, "type": w.type, **w.attributes} for w in wanted])
    assert parse(again) == parse(line)


def test_crossing_mentions_cannot_be_rendered() -> None:
    crossing = [{"start": 0, "end": 3, "type": "GROUP"}, {"start": 2, "end": 4, "type": "GROUP"}]
    with pytest.raises(MarkError, match="crossing"):
        render("失能老年人", crossing)
