"""十二种编码，每种五十份：要么一字不差，要么讲明理由拒收，绝不悄悄丢字。"""

from __future__ import annotations

import codecs
import random
from collections.abc import Callable

import pytest

from extractors import BadDocument, read

TOWNS = ["青河区", "石桥县", "云岭县", "海棠市", "临江镇", "长寿街道"]
SENTENCES = [
    "截至{year}年底，全{town}建成老年食堂{count}家，服务老年人{count}人次。",
    "{town}民政局负责养老服务工作，按照每人每月{count}元的标准发放补贴。",
    "根据《{town}养老服务条例》（{town}政发〔{year}〕{count}号），现将有关事项通知如下：",
    "联合镕喆养老服务站，面积{count}.5㎡，比上年增长12.5%——其中护理型床位占60%。",
]


def document(number: int) -> str:
    """A document of one to forty sentences."""
    rng = random.Random(number)
    lines = [
        rng.choice(SENTENCES).format(year=rng.randint(1998, 2025), town=rng.choice(TOWNS), count=rng.randint(1, 9999))
        for _ in range(rng.choice([1, 2, 5, 40]))
    ]
    return f"{rng.choice(TOWNS)}民政局关于做好养老服务工作的通知\n" + "\n".join(lines) + "\n"


def mixed(text: str) -> bytes:
    """Half in UTF-8, half in GBK, as a careless joining makes it."""
    half = len(text) // 2
    return text[:half].encode() + text[half:].encode("gb18030")


# name -> how it is encoded, what is declared, whether it can be exact (else it must be refused).
CODECS: dict[str, tuple[Callable[[str], bytes], str | None, bool]] = {
    "UTF-8": (lambda t: t.encode(), None, True),
    "UTF-8 with mark": (lambda t: codecs.BOM_UTF8 + t.encode(), None, True),
    "GB18030": (lambda t: t.encode("gb18030"), None, True),
    "declared gb2312, really GB18030": (lambda t: t.encode("gb18030"), "gb2312", True),
    "declared GBK": (lambda t: t.encode("gb18030"), "GBK", True),
    "UTF-16 with mark": (lambda t: codecs.BOM_UTF16_LE + t.encode("utf-16-le"), None, True),
    "UTF-16 big-endian with mark": (lambda t: codecs.BOM_UTF16_BE + t.encode("utf-16-be"), None, True),
    "UTF-32 with mark": (lambda t: codecs.BOM_UTF32_LE + t.encode("utf-32-le"), None, True),
    "UTF-16 without mark": (lambda t: t.encode("utf-16-le"), None, False),
    "Big5 declared": (lambda t: t.encode("big5hkscs", "ignore"), "big5", True),
    "Big5 not declared": (lambda t: t.encode("big5hkscs", "ignore"), None, False),
    "half UTF-8, half GBK": (mixed, None, False),
}


@pytest.mark.parametrize("name", CODECS)
def test_fifty_documents_are_exact_or_refused(name: str) -> None:
    encode, declared, exact = CODECS[name]
    exactly = refused = 0
    for number in range(50):
        text = document(number)
        wanted = text.encode("big5hkscs", "ignore").decode("big5hkscs") if "Big5" in name else text
        try:
            found = read(encode(text), "文.txt", encoding=declared).text
        except BadDocument as error:
            refused += 1
            assert str(error).startswith("文.txt: ") and "（" in str(error)
            continue
        assert found.removeprefix("\ufeff") == wanted
        assert "\ufffd" not in found
        exactly += 1
    assert (exactly, refused) == ((50, 0) if exact else (0, 50))
