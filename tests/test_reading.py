"""Bytes to Document: encodings by proof, look-alikes one for one, and every bad input refused with file and remedy."""

from __future__ import annotations

import codecs
import hashlib
import os
import re
import time
import unicodedata
from pathlib import Path

import pytest

from extractors import BadDocument, read
from extractors.reading import MAX_BYTES, fold
from ontology import table

LETTER = (
    "海棠市民政局关于印发《社区助餐服务办法》的通知\r\n海民发〔2023〕18号\r\n各区民政局：\r\n"
    "截至2022年底，全市建成老年食堂46家，服务老年人1.2万余人次。现将办法印发给你们，请认真贯彻执行。\r\n"
)
# Characters beyond GB2312 (镕 喆), beyond GBK (㐂) and beyond the BMP (𠮷).
RARE = LETTER + "联合镕喆㐂𠮷养老服务站。"


def text_of(data: bytes, **options: str) -> str:
    return read(data, "文.txt", **options).text  # type: ignore[arg-type]


# ---- text and encodings


def test_text_is_the_file_with_line_ends_normalised() -> None:
    doc = read("第一行养老\r\n第二行\r第三行\n".encode(), "a.txt")
    assert doc.text == "第一行养老\n第二行\n第三行\n"
    assert doc.sha256 == hashlib.sha256(doc.text.encode()).hexdigest()
    assert len(doc.folded) == len(doc.text)


@pytest.mark.parametrize(
    "encode",
    [
        lambda t: t.encode("utf-8"),
        lambda t: t.encode("gb18030"),
        lambda t: b"\x84\x31\x95\x33" + t.encode("gb18030"),
        lambda t: codecs.BOM_UTF16_LE + t.encode("utf-16-le"),
        lambda t: codecs.BOM_UTF16_BE + t.encode("utf-16-be"),
        lambda t: codecs.BOM_UTF32_LE + t.encode("utf-32-le"),
        lambda t: codecs.BOM_UTF32_BE + t.encode("utf-32-be"),
    ],
)
@pytest.mark.parametrize("text", [LETTER, RARE, "民政局", LETTER * 500], ids=["letter", "rare", "short", "long"])
def test_encodings_that_prove_themselves_are_exact(text: str, encode) -> None:  # type: ignore[no-untyped-def]
    assert text_of(encode(text)) == text.replace("\r\n", "\n")


def test_the_mark_of_utf8_stays_a_character_so_that_offsets_are_those_of_the_file() -> None:
    doc = read(codecs.BOM_UTF8 + LETTER.encode(), "文.txt")
    assert doc.text[0] == "\ufeff" and doc.folded[0] == " "


@pytest.mark.parametrize("declared", ["gb2312", "GBK", "gb18030"])
def test_gb2312_and_gbk_are_read_as_their_superset(declared: str) -> None:
    assert text_of(RARE.encode("gb18030"), encoding=declared) == RARE.replace("\r\n", "\n")


TRADITIONAL = "關於長者社區券計劃的公告：為進一步支援長者居家安老，計劃於二〇二三年起常規化，名額共一萬一千個。"


@pytest.mark.parametrize("declared", ["big5", "cp950", "big5hkscs"])
def test_big5_is_read_when_declared(declared: str) -> None:
    text = TRADITIONAL.replace("〇", "零")
    assert text_of(text.encode("big5"), encoding=declared) == text


@pytest.mark.parametrize(
    "codec",
    ["big5", "utf-16-le", "utf-16-be", "utf-32-le", "shift_jis", "euc_jp", "euc_kr", "utf-7", "hz", "iso2022_jp"],
)
@pytest.mark.parametrize("text", [LETTER, TRADITIONAL], ids=["simplified", "traditional"])
def test_other_encodings_without_declaration_are_refused_never_garbled(text: str, codec: str) -> None:
    with pytest.raises(BadDocument, match=r"文\.txt"):
        text_of(text.encode(codec, "ignore"))


# ---- bad input: each a message that names the file, what is wrong and the remedy

CHINESE = LETTER.encode()
BAD: list[tuple[str, bytes, str]] = [
    ("empty", b"", "empty"),
    ("white space", b" \n\t \r\n", "white space"),
    ("ideographic space and mark", "\ufeff\u3000\u200b\n".encode(), "white space"),
    ("png", b"\x89PNG\r\n\x1a\n\x00\x00\x00\rIHDR" + bytes(range(256)) * 40, "image"),
    ("zeros", b"\0" * 5000, "binary"),
    ("half binary", CHINESE + b"\0\1\2\3" * 50, "binary"),
    ("cut in a character, GBK remainder impossible", CHINESE + b"\xe5\xff\xff", "neither UTF-8 nor GB18030"),
    (
        "latin-1",
        ("Les personnes âgées dépendantes à domicile. " * 30).encode("latin-1"),
        r"neither UTF-8|no Chinese|sense",
    ),
    ("English", b"Notice on the pilot of long-term care insurance. " * 20, "no Chinese"),
    ("numbers", b"1,2,3\n4,5,6\n" * 100, "no Chinese"),
    ("one Chinese word in a program", b"x = 1  # " + "民政".encode() + b"\ny = 2\n" * 200, "no Chinese"),
    ("override", "养老\u202e服务机构管理办法".encode(), r"U\+202E"),
    ("isolate", "养老\u2067服务机构管理办法".encode(), r"U\+2067"),
    ("surrogate in UTF-8", "养老服务机构".encode() + b"\xed\xa0\x80", "neither UTF-8"),
]


@pytest.mark.parametrize(("data", "reason"), [row[1:] for row in BAD], ids=[row[0] for row in BAD])
def test_bad_bytes_are_refused_with_file_reason_and_remedy(data: bytes, reason: str) -> None:
    with pytest.raises(BadDocument, match=reason) as refused:
        read(data, "某某 文件.txt")
    message = str(refused.value)
    assert message.startswith("某某 文件.txt: ") and ";" in message
    assert re.search("（[一-鿿].*请.*）$", message), "a Chinese sentence with the remedy"
    assert len(message) < 300


def test_wrong_declared_encodings_are_refused() -> None:
    with pytest.raises(BadDocument, match=r"byte \d+ is not utf-8"):
        text_of(LETTER.encode("gb18030"), encoding="utf-8")
    with pytest.raises(BadDocument, match="'x-mystery' is not known"):
        text_of(CHINESE, encoding="x-mystery")
    with pytest.raises(BadDocument, match="surrogate"):
        text_of(b"\\ud800\\u517b\\u8001\\u517b\\u8001", encoding="unicode_escape")
    for codec in ("base64", "idna", "punycode", "utf-7", "rot13"):
        with pytest.raises(BadDocument):
            text_of(CHINESE, encoding=codec)


def test_fifty_megabytes_are_refused_before_they_are_read(tmp_path: Path) -> None:
    path = tmp_path / "大文件.txt"
    with path.open("wb") as file:
        file.truncate(50_000_000)
    with pytest.raises(BadDocument, match=r"大文件\.txt: 50,000,000 bytes is more than the limit .* max_bytes"):
        read(path)
    with pytest.raises(BadDocument, match="more than the limit of 1,000"):
        read(CHINESE * 100, "大.txt", max_bytes=1000)
    assert len(CHINESE * 100) < MAX_BYTES


def test_a_line_of_a_megabyte_is_read_fast() -> None:
    line = "全市建成养老机构46家，床位1,200张。" * 50_000
    start = time.process_time()
    doc = read(line.encode(), "长行.txt")
    assert doc.text == line and len(doc.folded) == len(line)
    assert time.process_time() - start < 5


def test_paths_that_are_no_readable_files(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    with pytest.raises(BadDocument, match=r"不在\.txt: there is no such file"):
        read(tmp_path / "不在.txt")
    folder = tmp_path / "夹.txt"
    folder.mkdir()
    with pytest.raises(BadDocument, match="not a regular file"):
        read(folder)
    pipe = tmp_path / "管.txt"
    os.mkfifo(pipe)
    with pytest.raises(BadDocument, match="not a regular file"):
        read(pipe)
    loop = tmp_path / "环.txt"
    loop.symlink_to(loop)
    with pytest.raises(BadDocument, match=r"环\.txt: the file cannot be read"):
        read(loop)
    with pytest.raises(BadDocument, match="cannot be read"):
        read("a\0b.txt")
    good = tmp_path / "好.txt"
    good.write_bytes(CHINESE)

    def denied(self: Path, *args: object) -> None:
        raise PermissionError(13, "Permission denied")

    monkeypatch.setattr(Path, "open", denied)
    with pytest.raises(BadDocument, match=r"好\.txt: the file may not be read; check its permissions"):
        read(good)


def test_a_file_that_vanishes_between_look_and_open(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    path = tmp_path / "走.txt"
    path.write_bytes(CHINESE)
    looked = Path.stat

    def look_and_lose(self: Path, **options: bool) -> os.stat_result:
        status = looked(self, **options)
        if self == path:
            path.unlink(missing_ok=True)
        return status

    monkeypatch.setattr(Path, "stat", look_and_lose)
    with pytest.raises(BadDocument, match="no such file"):
        read(path)


@pytest.mark.parametrize("name", ["\udcff坏.txt", "\ud800.txt", os.fsdecode(b"\xc3\x28.txt"), "好 文件（1）.TXT"])
def test_names_are_valid_unicode_whatever_the_disk_says(name: str, tmp_path: Path) -> None:
    read(CHINESE, name).name.encode("utf-8")
    with pytest.raises(BadDocument) as refused:
        read(b"", name)
    str(refused.value).encode("utf-8")
    with pytest.raises(BadDocument):
        read(tmp_path / name)


def test_unknown_kinds_name_what_there_is() -> None:
    with pytest.raises(BadDocument, match=r"no reader for \.xyz; there are: .*\.txt"):
        read(CHINESE, "表.xyz")


def test_control_and_zero_width_characters_stay_in_the_text_and_are_spaces_to_the_rules() -> None:
    text = (
        "民\u200b政局\x00办\u2028公\u00ad室\u200f印\ufe0f发养老服务补贴管理办法的通知，请遵照执行，自印发之日起施行。"
        * 3
    )
    doc = read(text.encode(), "零宽.txt")
    assert doc.text == text
    assert doc.folded.startswith("民 政局 办\n公 室 印 发")


# ---- fold

FOLDED = [
    ("渝府办发[2021]5号", "渝府办发〔2021〕5号"),
    ("渝府办发【2021】5号", "渝府办发〔2021〕5号"),
    ("国办发„2022‟9号", "国办发〔2022〕9号"),
    ("冀民<2019>7号", "冀民〔2019〕7号"),
    ("(一)《〈办法〉》", "（一）《〈办法〉》"),
    ("共1,200人,其中:男600人;女600人!", "共1,200人，其中：男600人；女600人！"),
    ("上午8:30至14∶30", "上午8:30至14:30"),
    ("２０２２年，ＡＢｃ", "2022年，ABc"),
    ("二○二三年、二OO九年、一九八０年", "二〇二三年、二〇〇九年、一九八〇年"),
    ("二零二三年", "二零二三年"),
    ('实施"两项补贴"和「家庭床位」', "实施“两项补贴”和“家庭床位”"),
    ("2021—2025年，2021－2025，2021–2025", "2021-2025年，2021-2025，2021-2025"),
    ("60～79岁", "60~79岁"),
    ("⺠政局⽼年⽂件", "民政局老年文件"),
    ("第一\u3000条\t内\u00a0容", "第一 条 内 容"),
    ("建筑面积500㎡，25℃，№1，①Ⅰ㈠", "建筑面积500㎡，25℃，№1，①Ⅰ㈠"),
    ("阿依古丽•买买提", "阿依古丽·买买提"),
    ("增长５．６％", "增长5.6%"),
    ('"', '"'),
]


@pytest.mark.parametrize(("text", "folded"), FOLDED)
def test_fold(text: str, folded: str) -> None:
    assert fold(text) == folded
    assert fold(folded) == folded


def test_every_look_alike_folds_to_one_character_that_folds_no_further() -> None:
    for row in table("look_alikes"):
        character = chr(int(row["code"][2:], 16))
        once = fold(character)
        assert len(once) == 1 and once != character, row
        assert fold(once) == once, row
        if row["kind"] in {"space", "invisible"}:
            assert once == " ", row


def test_fold_keeps_length_on_every_character_and_letter_likes_as_they_are() -> None:
    every = "".join(chr(code) for code in range(0x30000) if not 0xD800 <= code < 0xE000)
    folded = fold(every)
    assert len(folded) == len(every)
    han = [c for c in every if "\u4e00" <= c <= "\u9fff"]
    assert fold("".join(han)) == "".join(han)
    assert all(fold(c) == c for c in every if unicodedata.category(c) in {"No", "Nl"} and c not in "〇")


def test_fold_is_fast_on_real_and_on_hostile_text() -> None:
    for text in (LETTER * 10_000, '1,２,"(' * 150_000, '"' * 1_000_000, "【" * 1_000_000, "一" * 1_000_000):
        best = min(_seconds(text) for _ in range(3))
        assert len(text) / best > 500_000, text[:20]


def _seconds(text: str) -> float:
    start = time.process_time()
    fold(text)
    return time.process_time() - start
