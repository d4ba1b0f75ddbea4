"""Folders, archives, mail and tables: each document in them is read, each that cannot be is told."""

from __future__ import annotations

import csv
import io
import json
import zipfile
from email.message import EmailMessage
from pathlib import Path

import pytest

from extractors import BadDocument, Document, read
from extractors.readers.collecting import read_all
from extractors.readers.mail import page_of

TEXT = "海棠市民政局关于印发《社区助餐服务办法》的通知\n海民发〔2023〕18号\n全市建成老年食堂46家。\n"
OTHER = "海棠市医疗保障局关于长期护理保险试点的通知\n海医保发〔2023〕7号\n参保12万人。\n"


def zipped(files: dict[str, bytes]) -> bytes:
    file = io.BytesIO()
    with zipfile.ZipFile(file, "w", zipfile.ZIP_DEFLATED) as archive:
        for name, data in files.items():
            archive.writestr(name, data)
    return file.getvalue()


def texts(path: Path, **options: object) -> dict[str, str]:
    """Name -> text, or the message of what could not be read."""
    found = read_all(path, **options)  # type: ignore[arg-type]
    return {item.name: doc.text if isinstance(doc, Document) else f"! {doc}" for item, doc in found}


def test_folders_are_read_in_order_with_paths_from_there(tmp_path: Path) -> None:
    (tmp_path / "库" / "乙").mkdir(parents=True)
    (tmp_path / "库" / "乙" / "1.txt").write_bytes(TEXT.encode())
    (tmp_path / "库" / "甲.txt").write_bytes(OTHER.encode("gb18030"))
    (tmp_path / "库" / "坏.txt").write_bytes(b"")
    (tmp_path / "库" / ".hidden").write_bytes(b"x")
    (tmp_path / "库" / "环").symlink_to(tmp_path / "库")
    (tmp_path / "库" / "断.txt").symlink_to(tmp_path / "没有")
    found = texts(tmp_path / "库")
    assert list(found) == ["库/坏.txt", "库/断.txt", "库/甲.txt", "库/乙/1.txt"]
    assert found["库/甲.txt"] == OTHER and found["库/乙/1.txt"] == TEXT
    assert "is empty" in found["库/坏.txt"] and "no such file" in found["库/断.txt"]


def test_archives_with_archives_and_names_in_gb18030(tmp_path: Path) -> None:
    inner = zipped({"内.txt": OTHER.encode()})
    data = bytearray(zipped({"ABCD.txt": TEXT.encode(), "b/in.zip": inner, "__MACOSX/._x": b"x", "c.png": b"\x89PNG1"}))
    gbk = "通知".encode("gb18030")
    data = data.replace(b"ABCD.txt", gbk + b".txt")
    (tmp_path / "包.zip").write_bytes(data)
    found = texts(tmp_path / "包.zip")
    assert found["包.zip/通知.txt"] == TEXT
    assert found["包.zip/b/in.zip/内.txt"] == OTHER
    assert "image" in found["包.zip/c.png"]
    assert len(found) == 3


def test_archives_nested_too_deep_are_refused(tmp_path: Path) -> None:
    data = zipped({"a.txt": TEXT.encode()})
    for _ in range(4):
        data = zipped({"in.zip": data})
    (tmp_path / "深.zip").write_bytes(data)
    assert "more than 3 deep" in "".join(texts(tmp_path / "深.zip").values())


def mail(**attached: bytes) -> EmailMessage:
    message = EmailMessage()
    message["Subject"], message["From"], message["MIME-Version"] = "转发通知", "a@example.org", "1.0"
    message.set_content(TEXT)
    message.add_alternative(f"<html><body><p>{TEXT}</p></body></html>", subtype="html")
    for name, data in attached.items():
        message.add_attachment(data, maintype="application", subtype="octet-stream", filename=name.replace("_", "."))
    return message


def test_mail_gives_its_text_once_and_what_is_attached(tmp_path: Path) -> None:
    (tmp_path / "信.eml").write_bytes(
        bytes(mail(附件_txt=OTHER.encode("gb18030"), 包_zip=zipped({"a.txt": TEXT.encode()})))
    )
    found = texts(tmp_path / "信.eml")
    assert list(found) == ["信.eml.txt", "信.eml/附件.txt", "信.eml/包.zip/a.txt"]
    assert found["信.eml.txt"] == TEXT and found["信.eml/附件.txt"] == OTHER


def test_mail_in_gbk(tmp_path: Path) -> None:
    head = b"MIME-Version: 1.0\r\nContent-Type: text/plain; charset=gb2312\r\nContent-Transfer-Encoding: 8bit\r\n\r\n"
    (tmp_path / "信").write_bytes(head + TEXT.encode("gb18030"))
    assert list(texts(tmp_path / "信").values()) == [TEXT]


@pytest.mark.parametrize("codec", ["utf-8", "gb2312"])
def test_pages_saved_as_one_file(codec: str) -> None:
    html = (
        f'<html><head><meta charset="{codec}"></head><body><div id="nav"><a>首页</a></div><p>{TEXT}</p></body></html>'
    )
    message = EmailMessage()
    message["From"], message["MIME-Version"] = "<Saved by Blink>", "1.0"
    message.set_content(html.encode(codec), "text", "html", cte="quoted-printable", params={"charset": codec})
    message.make_related()
    message.add_related(b"\x89PNG", "image", "png", cid="<1>")
    for name in ("页.mhtml", "页.mht", "页.txt"):
        assert "全市建成老年食堂46家。" in read(bytes(message), name).text
    assert "首页" not in page_of(bytes(message), "页.mhtml")


ROWS = [
    {"id": "甲", "title": "通知一", "正文": TEXT},
    {"id": "乙", "title": "通知,二", "正文": OTHER},
    {"id": "空", "正文": ""},
]


def tables(column: str) -> dict[str, bytes]:
    """The same rows as CSV (also in GBK and with tabs), JSON Lines and Parquet."""
    import pyarrow
    import pyarrow.parquet

    rows = [{(column if key == "正文" else key): value for key, value in row.items()} for row in ROWS]
    files = {}
    for name, delimiter, codec in (("a.csv", ",", "utf-8-sig"), ("b.csv", ",", "gb18030"), ("c.tsv", "\t", "utf-8")):
        text = io.StringIO()
        writer = csv.DictWriter(text, ["id", "title", column], delimiter=delimiter)
        writer.writeheader()
        writer.writerows(rows)
        files[name] = text.getvalue().encode(codec)
    files["d.jsonl"] = "\n".join(json.dumps(row, ensure_ascii=False) for row in rows).encode()
    sink = io.BytesIO()
    pyarrow.parquet.write_table(pyarrow.Table.from_pylist([{"title": None, **row} for row in rows]), sink)
    files["e.parquet"] = sink.getvalue()
    return files


@pytest.mark.parametrize("column", ["正文", "wenben"])
@pytest.mark.parametrize("name", ["a.csv", "b.csv", "c.tsv", "d.jsonl", "e.parquet"])
def test_tables_give_a_document_a_row(name: str, column: str, tmp_path: Path) -> None:
    path = tmp_path / name
    path.write_bytes(tables(column)[name])
    found = list(read_all(path, text_column="" if column == "正文" else column, meta=["title"]))
    assert [item.name for item, _ in found] == [f"{name}#甲", f"{name}#乙"]
    assert [doc.text for _, doc in found if isinstance(doc, Document)] == [TEXT, OTHER]
    assert [item.fields for item, _ in found] == [{"title": "通知一"}, {"title": "通知,二"}]
    if column != "正文":
        assert "there is no column" in "".join(texts(path).values())


@pytest.mark.parametrize(
    ("name", "data", "reason"),
    [
        ("a.jsonl", '{"text": "养老"}\n{"text": 养老}'.encode(), "line 2"),
        ("a.jsonl", b"[1, 2]\n" + "养老".encode(), "line 1 is no JSON object"),
        ("a.jsonl", b"[" * 100_000, "line 1"),
        ("a.csv", 'id,text\n1,"养老'.encode(), "line"),
        ("a.parquet", b"PAR1" + bytes(100) + b"PAR1", "damaged"),
        ("a.zip", b"PK\x03\x04" + bytes(100), "damaged"),
    ],
)
def test_damaged_collections_are_told(name: str, data: bytes, reason: str, tmp_path: Path) -> None:
    (tmp_path / name).write_bytes(data)
    assert reason in "".join(message for message in texts(tmp_path / name).values() if message.startswith("! "))


def test_read_says_what_to_do_with_a_collection() -> None:
    with pytest.raises(BadDocument, match="holds several documents; read it with read_all"):
        read(zipped({"a.txt": TEXT.encode()}), "包.zip")
