"""免费的标准答案：大语料自带的文号、机关、日期、题名，逐栏核对文头。语料不在时跳过。

页面表头加正文，即网页上印出的样子；单看正文时，只核对正文印出的栏。
"""

from __future__ import annotations

import gzip
import json
import os
import re
from collections import Counter
from functools import cache
from pathlib import Path
from typing import Any

import pytest

from extractors import extract, read

CORPUS = Path(
    os.environ.get("ELDERCARE_CORPUS")
    or Path(__file__).parent.parent.parent / "shared" / "corpus" / "official-documents.jsonl.gz"
)
SHORT = (
    ("监督管理委员会", "监会"),
    ("委员会", "委"),
    ("发展和改革", "发展改革"),
    ("中央军事委", "中央军委"),
    ("民族事务委", "民委"),
    ("科学技术部", "科技部"),
    ("中医药管理局", "中医药局"),
    ("市场监督管理总局", "市场监管总局"),
    ("银行保险", "银保"),
    ("证券", "证"),
)
# (what is read, field) -> the least share right. Floors only rise.
FLOORS = {
    ("page", "number"): 0.99,
    ("page", "written_date"): 1.0,
    ("page", "published_date"): 1.0,
    ("page", "title"): 0.99,
    ("page", "issuers"): 0.98,
    ("text", "number"): 1.0,
    ("text", "written_date"): 1.0,
    ("text", "title"): 0.96,
    ("text", "issuers"): 0.97,
}

pytestmark = pytest.mark.skipif(not CORPUS.is_file(), reason="the big corpus is not here")


def squeeze(text: str | None) -> str:
    return re.sub(r"\s", "", text or "").translate(str.maketrans("（）", "()"))


def key(number: str | None) -> str:
    """A number without brackets: the labels write 2019年第9号 with and without 第 and brackets."""
    return re.sub(r"[\s〔〕()（）\[\]第]", "", number or "")


def day(iso: str) -> tuple[str, ...]:
    """The ways in which a text may print a date."""
    year, month, date = (int(part) for part in iso.split("-"))
    digits = "〇一二三四五六七八九"
    small = ["", *"一二三四五六七八九十"]
    names = [*small, *("十" + n for n in small[1:10]), *("二十" + n for n in small[:10]), "三十", "三十一"]
    chinese = "".join(digits[int(c)] for c in str(year))
    return f"{year}年{month}月{date}日", f"{chinese}年{names[month]}月{names[date]}日"


def bodies(label: str) -> set[str]:
    """Names of a label, shortened alike: labels and signatures differ in 委 and 委员会."""
    parts = re.split(r"[,，、]", re.split(r"\s*成文日期", label)[0])
    return {short(part) for part in parts if part.strip()}


def short(name: str) -> str:
    name = squeeze(name).removeprefix("中华人民共和国")
    for long, brief in (
        ("委员会", "委"),
        ("发展和改革", "发展改革"),
        ("中央军事委", "中央军委"),
        ("民族事务委", "民委"),
    ):
        name = name.replace(long, brief)
    return name.replace("科学技术部", "科技部").replace("中医药管理局", "中医药局")


@cache
def documents() -> tuple[dict[str, Any], ...]:
    with gzip.open(CORPUS, "rt", encoding="utf-8") as lines:
        return tuple(doc for doc in map(json.loads, lines) if doc["page_header"])


def expected(doc: dict[str, Any], page: bool) -> dict[str, Any]:
    """The fields that the read text prints, as the labels give them."""
    number = re.split(r"\s*发布日期", doc["doc_number"] or "")[0].rstrip("（(")
    text = squeeze(doc["text"])
    wanted: dict[str, Any] = {}
    if number and (page or key(number) in key(doc["text"][:300])):
        wanted["number"] = key(number)
    title = squeeze(doc["title"])
    if title and (text.startswith(title) or (page and f"名称：{title}索引号" in squeeze(doc["page_header"]))):
        wanted["title"] = title
    if doc["written_date"] and (page or any(form in text for form in day(doc["written_date"]))):
        wanted["written_date"] = doc["written_date"]
    if doc["publish_date"] and page:
        wanted["published_date"] = doc["publish_date"]
    names = bodies(doc["issuer"])
    lines = {short(line) for line in doc["text"].splitlines()}
    if page or all(name in lines or short(text).startswith(name) for name in names):
        wanted["issuers"] = names
    return wanted


def _briefly(number: str) -> str:
    """A number with the short names that labels use too: 国令707号, 国家林草局公告2022年2号."""
    return number.replace("中华人民共和国国务院令", "国令").replace("林业和草原局", "林草局")


def is_right(field: str, value: Any, wanted: Any) -> bool:
    if field == "number":
        return _briefly(key(value)).endswith(_briefly(wanted))
    if field == "issuers":
        return {short(name) for name in value or ()} == wanted
    return squeeze(value) == wanted


@cache
def outcome(kind: str) -> tuple[Counter[tuple[str, bool]], list[str]]:
    tally: Counter[tuple[str, bool]] = Counter()
    failures = []
    for doc in documents():
        text = doc["page_header"] + "\n" + doc["text"] if kind == "page" else doc["text"]
        header = extract(read(text.encode(), "document.txt")).header
        for field, wanted in expected(doc, kind == "page").items():
            right = is_right(field, header[field], wanted)
            tally[field, right] += 1
            if not right:
                failures.append(f"{doc['id']} {field}: {header[field]} for {wanted}")
    return tally, failures


@pytest.mark.parametrize(("kind", "field"), FLOORS)
def test_share_right(kind: str, field: str) -> None:
    tally, failures = outcome(kind)
    right, wrong = tally[field, True], tally[field, False]
    assert right + wrong > 20
    listed = "\n".join(failure for failure in failures if f" {field}: " in failure)
    assert right / (right + wrong) >= FLOORS[kind, field], f"{right} of {right + wrong}\n{listed}"
