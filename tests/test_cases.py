"""用例：tests/cases/<抽取器>.txt 里一行一例（标注写法见 marked.py），逐行跑整条抽取线。

文件里的行：
    # types: AGENCY     这份文件考哪些类型，必须写在最前；一行里这些类型的范围要分毫不差，别的类型不管
    # …                 说明：下面几例考哪条规则
    @ 某市民政局 2024年5月21日   以下各例当作这个机关的文件里的一段（文末落款、日期）；单独一个 @ 取消
    其余               一例。标记里写出的属性也要对；没有标记的行，就是一处也不许有。¶ 代表换行
"""

from __future__ import annotations

from pathlib import Path
from typing import Any, NamedTuple

import pytest
from marked import TYPES, Marked, parse

from extractors import extract, read
from extractors.registry import EXTRACTORS

CASES = Path(__file__).parent / "cases"


class Case(NamedTuple):
    name: str
    types: tuple[str, ...]
    signature: str
    marked: Marked


def read_cases(path: Path) -> list[Case]:
    """The cases of a file, each named by its line."""
    cases: list[Case] = []
    types: tuple[str, ...] = ()
    signature = ""
    for number, line in enumerate(path.read_text(encoding="utf-8").splitlines(), 1):
        name = f"{path.stem}:{number}"
        if line.startswith("# types:"):
            types = tuple(line.removeprefix("# types:").split())
        elif line.startswith("@"):
            signature = line[1:].strip()
        elif line and not line.startswith("#"):
            marked = parse(line.replace("¶", "\n"))
            assert types and set(types) <= set(TYPES), f"{name}: the file must begin with '# types: …'"
            strange = {wanted.type for wanted in marked.wanted} - set(types)
            assert not strange, f"{name}: {strange} not among the types of the file"
            cases.append(Case(name, types, signature, marked))
    return cases


def found_in(case: Case) -> list[dict[str, Any]]:
    """What the extractors find of the case's types inside its line."""
    text = case.marked.text
    # 署名一行，日期一行。
    tail = case.signature.replace(" ", "\n")
    whole = f"{text}\n\n{tail}\n" if tail else text
    extraction = extract(read(whole.encode("utf-8"), "case.txt"))
    return [
        {"start": m.start, "end": m.end, "type": m.type, **m.attributes}
        for m in extraction.mentions
        if m.type in case.types and m.end <= len(text)
    ]


ALL = [case for path in sorted(CASES.glob("*.txt")) for case in read_cases(path)]


@pytest.mark.parametrize("case", ALL, ids=lambda case: case.name)
def test_case(case: Case) -> None:
    text = case.marked.text
    found = found_in(case)
    assert sorted((m["start"], m["end"], m["type"], text[m["start"] : m["end"]]) for m in found) == sorted(
        (w.start, w.end, w.type, text[w.start : w.end]) for w in case.marked.wanted
    )
    by_span = {(m["start"], m["end"], m["type"]): m for m in found}
    for wanted in case.marked.wanted:
        mention = by_span[wanted.start, wanted.end, wanted.type]
        listed = {name: mention.get(name) for name in wanted.attributes}
        assert listed == wanted.attributes, text[wanted.start : wanted.end]


def test_every_extractor_has_cases_and_every_file_an_extractor() -> None:
    assert {path.stem for path in CASES.glob("*.txt")} == set(EXTRACTORS)
