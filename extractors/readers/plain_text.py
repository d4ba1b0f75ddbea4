"""Plain text in the encodings of Chinese offices: decided by proof, never by statistics.

The order is: byte order mark, declared encoding, strict UTF-8, strict GB18030. ``gb2312`` and ``gbk`` are read as
GB18030, their superset, for pages that declare them hold characters (镕, 喆) that only the superset has. Big5 is read
only when declared: most of its byte pairs are valid GB18030, with other characters.
"""

from __future__ import annotations

import codecs
import re

from extractors.readers.refusals import refusal

__all__ = ["decode", "is_garbled", "normal_lines", "text_of"]

# UTF-32 first: its little-endian mark begins with that of UTF-16.
_MARKS = (
    (codecs.BOM_UTF32_LE, "utf-32"),
    (codecs.BOM_UTF32_BE, "utf-32"),
    (codecs.BOM_UTF16_LE, "utf-16"),
    (codecs.BOM_UTF16_BE, "utf-16"),
    (b"\x84\x31\x95\x33", "gb18030"),
)
_SUPERSETS = {"gb2312": "gb18030", "gbk": "gb18030", "hz": "hz", "big5": "big5hkscs", "iso8859-1": "gb18030"}
_HAN = re.compile("[\u3400-\u9fff\ue000-\uf8ff\uf900-\ufaff\U00020000-\U0003ffff]")
# The 200 characters most frequent in laws and official documents, with their traditional forms. In every one of 5,951
# documents they are over 36 % of the Han characters; in text read in a wrong encoding under 22 %.
_FREQUENT = re.compile(
    "[的人第条和行法定应十民当规政业理管以有会关者市一国设部用工务建或门地二公机保不生作本区在发产三主制员事施其经对合等责房为中全资"
    "可位动进实单上府物安及处提出五大方四要由照构依家款监水护下品级自证权体通内同时化院年所并委住展金按成他开任期准项得议划件查改案重加"
    "服标企审职报代交组日性共分社办利收营请取城表违情县信文立六据场新相程计防商持能向个度与活检供使申督例境织元学调告明技于高律予决外"
    "未治专七强过执备條規業國設務門機會產員責為資動進實單體處構證權通項議劃審職報組辦營違縣據場計檢與個織學調專強過執備]"
)
_LEAST_FREQUENT_SHARE = 0.28
_SHORT = 20
_LOOKED_AT = 200_000
_STRAYS = 10
# Control characters that no text holds, other than white space.
_CONTROL = re.compile(r"[\x00-\x08\x0e-\x1a\x1c-\x1f]")


def text_of(data: bytes, name: str, encoding: str | None = None) -> str:
    """The text of a plain-text file, with line ends made ``\\n`` and nothing else changed."""
    return normal_lines(decode(data, name, encoding))


def normal_lines(text: str) -> str:
    """The text with ``\\r\\n`` and ``\\r`` made ``\\n``."""
    return text.replace("\r\n", "\n").replace("\r", "\n")


def decode(data: bytes, name: str, encoding: str | None = None) -> str:
    """Decode strictly, by proof: byte order mark, declared ``encoding``, UTF-8, GB18030.

    Raises:
        BadDocument: no encoding fits, the bytes are no text, or what GB18030 makes of them is no Chinese.
    """
    for mark, codec in _MARKS:
        if data.startswith(mark):
            return _declared(data, name, codec).removeprefix("\ufeff")
    if encoding:
        return _declared(data, name, encoding)
    try:
        return _without_binary(data.decode("utf-8"), name)
    except UnicodeDecodeError as error:
        in_utf8 = error.start
    try:
        text = data.decode("gb18030")
    except UnicodeDecodeError as error:
        binary = b"\0" in data[: 1 << 16]
        raise refusal(name, "binary" if binary else "encoding", place=max(in_utf8, error.start)) from None
    if is_garbled(_without_binary(text, name)):
        raise refusal(name, "garbled")
    return text


def _declared(data: bytes, name: str, encoding: str) -> str:
    try:
        codec = codecs.lookup(encoding).name
        return _without_binary(data.decode(_SUPERSETS.get(codec, codec)), name)
    except LookupError:
        raise refusal(name, "unknown_encoding", encoding=encoding) from None
    except UnicodeError as error:
        raise refusal(name, "declared_encoding", place=getattr(error, "start", 0), encoding=encoding) from None


def _without_binary(text: str, name: str) -> str:
    """The text, unless control characters are more than strays: over 1 in 100."""
    first = _CONTROL.search(text)
    if first and len(_CONTROL.findall(text)) > _STRAYS + len(text) // 100:
        raise refusal(name, "binary", place=len(text[: first.start()].encode("utf-8", "surrogatepass")))
    return text


def is_garbled(text: str) -> bool:
    """Whether the Han characters are such as no document has: the frequent ones are missing."""
    sample = text[:_LOOKED_AT]
    han = len(_HAN.findall(sample))
    return han >= _SHORT and len(_FREQUENT.findall(sample)) < _LEAST_FREQUENT_SHARE * han
