"""Every reason for which a file is refused, said once, in English and Chinese: file, place, what is wrong, remedy."""

from __future__ import annotations

from extractors.model import BadDocument

__all__ = ["REASONS", "Refused", "refusal"]

# reason -> (English, 中文)
REASONS: dict[str, tuple[str, str]] = {
    "absent": (
        "there is no such file; it may have been moved or removed meanwhile, check the path",
        "找不到文件，可能已被移走或删除，请核对路径",
    ),
    "forbidden": ("the file may not be read; check its permissions", "没有读取权限，请检查文件权限"),
    "not_a_file": (
        "this is not a regular file (a folder, device or pipe); give the path of a file",
        "不是普通文件，请给出文件路径",
    ),
    "unreadable": (
        "the file cannot be read ({error}); check the path and the disk",
        "文件无法读取，请检查路径和磁盘",
    ),
    "too_large": (
        "{size:,} bytes is more than the limit of {limit:,}; split the file or raise max_bytes",
        "文件超过大小上限，请拆分文件或调高上限",
    ),
    "empty": ("the file is empty; save it again with its text", "文件为空，请重新保存"),
    "blank": (
        "there is nothing but white space; save the file again with its text",
        "文件只有空白，没有文字，请重新保存",
    ),
    "binary": (
        "byte {place} is no text: this looks like a binary file; save the document as text, HTML, DOCX or PDF",
        "不是文本文件，请另存为文本、网页、DOCX 或 PDF",
    ),
    "encoding": (
        "byte {place} is neither UTF-8 nor GB18030; save the file as UTF-8, or name its encoding",
        "编码既不是 UTF-8 也不是 GB18030，请另存为 UTF-8 或指明编码",
    ),
    "declared_encoding": (
        "byte {place} is not {encoding}, which the file is declared to be; save it as UTF-8",
        "内容与声明的编码不符，请另存为 UTF-8",
    ),
    "unknown_encoding": (
        "the declared encoding {encoding!r} is not known here; save the file as UTF-8",
        "声明的编码无法识别，请另存为 UTF-8",
    ),
    "garbled": (
        "read as GB18030 the text makes no sense, so it is in another encoding; save it as UTF-8, or name its encoding",
        "按 GB18030 读出来不成文，应是别的编码，请另存为 UTF-8 或指明编码",
    ),
    "bidi": (
        "character {place} is U+{code:04X}, which changes the order in which text is shown; remove it",
        "含有改变文字显示次序的控制字符，请删除",
    ),
    "surrogate": (
        "character {place} is one half of a surrogate pair, so the file is damaged; save it again as UTF-8",
        "含有半个代理对字符，文件已损坏，请重新保存为 UTF-8",
    ),
    "not_chinese": (
        "there is (almost) no Chinese text, so this is no Chinese official document; leave the file out",
        "几乎没有中文，不是中文公文，请勿放入",
    ),
    "no_text": (
        "there is no text in it; open it, and save what it shows as text",
        "文件里没有文字，请打开后另存为文本",
    ),
    "damaged": (
        "the file is damaged or not what its name says ({error}); open it, and save it again",
        "文件已损坏或与扩展名不符，请打开后重新保存",
    ),
    "locked": ("the file is protected by a password; save it without one", "文件有密码保护，请去掉密码后保存"),
    "bomb": (
        "{part} would unpack to more than {limit:,} bytes; such a file is no document, leave it out",
        "解压后过大，不是正常文件，请勿放入",
    ),
    "too_many": (
        "it holds more than {limit:,} {things}; such a file is no document, leave it out",
        "内含部件过多，不是正常文件，请勿放入",
    ),
    "doctype": (
        "an XML part declares a document type, which office files never do; leave the file out",
        "XML 中含文档类型声明，可能是恶意文件，请勿放入",
    ),
    "needs_libreoffice": (
        "this kind of file needs LibreOffice, which is not installed; install it, or save the file as DOCX",
        "读取这种文件需要 LibreOffice，请安装，或另存为 DOCX",
    ),
    "scanned": (
        "none of its {pages} pages has a text layer, so it is a scan; read it with --ocr, which needs Tesseract",
        "没有文字层，应是扫描件，请加 --ocr 做文字识别",
    ),
    "collection": (
        "this file holds several documents; read it with read_all, or unpack it",
        "文件里有多份文件，请用 read_all 读取，或先解开",
    ),
    "nested": ("archives in archives more than {limit} deep; unpack them first", "压缩包层层嵌套，请先解开"),
    "no_column": (
        "there is no column {column!r} with the text; name one of: {known}",
        "没有正文列，请指明哪一列是正文",
    ),
    "image": (
        "this is an image, which holds no text; read it with --ocr, which needs Tesseract",
        "这是图片，没有文字，请加 --ocr 做文字识别",
    ),
    "needs_tesseract": (
        "recognising text needs Tesseract with its Chinese model, which is not installed; install it "
        "(Debian: tesseract-ocr tesseract-ocr-chi-sim), or give the text",
        "文字识别需要 Tesseract 和中文模型 chi_sim，请先安装，或提供文本",
    ),
    "unrecognised": (
        "Tesseract recognises no Chinese text in it; scan it again upright, at 300 dots an inch",
        "识别不出中文，请按正向、300 点每英寸重新扫描",
    ),
    "too_slow": (
        "reading it takes longer than {limit} seconds; such a file is no document, leave it out or split it",
        "读取时间过长，不是正常文件，请勿放入，或拆分后再试",
    ),
    "too_much_memory": (
        "reading it takes more than {limit:,} bytes of memory; leave it out or split it",
        "读取占用内存过多，请勿放入，或拆分后再试",
    ),
    "broke_reader": (
        "its reader broke down over it (exit code {code}), so it is damaged or hostile; open it, and save it again",
        "读取时程序崩溃，文件已损坏或有恶意，请打开后重新保存",
    ),
    "secret": (
        "line {line} bears the secrecy mark {mark}, so it is not taken in; such documents must not be handled here",
        "版头标有密级，依法不得在此处理，已拒收并隔离登记",
    ),
    "no_reader": ("no reader for {suffix}; there are: {known}", "不支持这种文件类型，请另存为支持的格式"),
}


class Refused(BadDocument):
    """A file that is refused for one of REASONS."""

    def __init__(self, message: str, reason: str) -> None:
        super().__init__(message)
        self.reason = reason


def refusal(name: str, reason: str, **details: object) -> Refused:
    """The error for a file ``name`` and one of REASONS, with the details that its sentence needs.

    >>> print(refusal("空.txt", "empty"))
    空.txt: the file is empty; save it again with its text（文件为空，请重新保存）
    """
    english, chinese = REASONS[reason]
    return Refused(f"{name}: {english.format(**details)}（{chinese}）", reason)
