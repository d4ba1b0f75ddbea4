"""Plots of figures that hide nothing: bounds are drawn as bounds, units never share an axis, and Chinese is Chinese.

matplotlib's own fonts have no Chinese: without another one every label is a row of boxes. ``use_chinese_font`` takes
one that is installed, or the one that ``eldercare-kg[notebooks]`` brings (Noto Sans SC in the package ``zhplot``,
SIL Open Font License 1.1), and refuses to draw boxes.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from importlib.util import find_spec
from pathlib import Path
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from matplotlib.axes import Axes

    from kg.query.answers import Answer

__all__ = ["NoChineseFont", "plot_figures", "use_chinese_font"]

# Families whose glyphs are those of the mainland, best first; then any that has the characters.
_FAMILIES = (
    "Noto Sans SC",
    "Noto Sans CJK SC",
    "Source Han Sans SC",
    "Source Han Sans CN",
    "WenQuanYi Micro Hei",
    "WenQuanYi Zen Hei",
    "Microsoft YaHei",
    "PingFang SC",
    "Heiti SC",
    "SimHei",
)
# What labels are made of: common and rarer characters of 公文, and the marks of its figures.
_PROBE = "养老护理保险渝浙粤璧〔〕《》“”％—、≥≤"
_CARRIER = ("zhplot", "fonts")
# kind of figure -> its Chinese name, and its marker, filled where it is a fact.
_KINDS = {
    "actual": ("事实", "o", True),
    "growth": ("增幅", "s", True),
    "target": ("目标", "D", False),
    "standard": ("标准", "^", False),
    "eligibility": ("资格门槛", "v", False),
}
# How far the arrow of an open bound reaches, as a part of the axis.
_REACH = 0.06


class NoChineseFont(RuntimeError):
    """No font with Chinese characters was found; the message tells how to get one."""


def use_chinese_font() -> str:
    """Make matplotlib write Chinese from here on, and return the family's name.

    Raises:
        NoChineseFont: neither the machine nor the installed packages have a font with the characters.
        ImportError: matplotlib is not installed.
    """
    import matplotlib as mpl

    for family in _found():
        mpl.rcParams["font.family"] = "sans-serif"
        mpl.rcParams["font.sans-serif"] = [family, "DejaVu Sans"]
        # A plain hyphen stands in every font; the minus sign U+2212 does not.
        mpl.rcParams["axes.unicode_minus"] = False
        return family
    raise NoChineseFont(
        "no font with Chinese characters; install one with: pip install 'eldercare-kg[notebooks]'"
        " (Noto Sans SC comes with it), or apt-get install fonts-noto-cjk"
    )


def _found() -> Iterator[str]:
    """Families that can be used: known ones installed, the one a package carries, any other that is installed."""
    from matplotlib import font_manager as fonts

    known = {entry.name: entry for entry in fonts.fontManager.ttflist}
    yield from (name for name in _FAMILIES if name in known and _has_chinese(known[name]))
    carried: list[Any] = [*_carried(), *_unlisted(fonts, known.values())]
    for path in carried:
        fonts.fontManager.addfont(path)
        added = fonts.fontManager.ttflist[-1]
        if _has_chinese(added):
            yield added.name
    yield from (name for name, entry in sorted(known.items()) if "CJK" in name and _has_chinese(entry))


def _carried() -> list[Path]:
    """The fonts inside the package that carries one; the package itself is not imported."""
    spec = find_spec(_CARRIER[0])
    folders = spec.submodule_search_locations or () if spec else ()
    return [path for folder in folders for path in sorted(Path(folder, *_CARRIER[1:]).glob("*.[ot]tf"))]


def _unlisted(fonts: Any, known: Iterable[Any]) -> list[str]:
    """Fonts installed after matplotlib made its list, where their names promise Chinese."""
    listed = {entry.fname for entry in known}
    names = tuple(family.replace(" ", "").lower() for family in (*_FAMILIES, "NotoSansCJK", "wqy"))
    return [
        path
        for path in sorted(fonts.findSystemFonts())
        if path not in listed and Path(path).stem.replace("-", "").lower().startswith(names)
    ]


def _has_chinese(entry: Any) -> bool:
    """Whether the font has every character of the probe: a name alone proves nothing."""
    from matplotlib.ft2font import FT2Font

    try:
        # A collection's faces are numbered since matplotlib 3.11; before, only its first can be used.
        index = getattr(entry, "index", 0)
        font = FT2Font(entry.fname, face_index=index) if index else FT2Font(entry.fname)
        return set(map(ord, _PROBE)) <= font.get_charmap().keys()
    except (OSError, RuntimeError):
        return False


def plot_figures(
    figures: Answer,
    *,
    label: Sequence[str] = ("region", "what", "time"),
    ax: Axes | None = None,
) -> Axes:
    """Draw figures as points with their bounds, a line for each: ``graph.figures(...)`` or a part of its rows.

    A plain figure is a point, 余 and 多 a bar up to where it must end, 以上 and 不超过 an arrow, 左右 has 约.
    Facts are filled, targets, standards and thresholds hollow: a plan never looks like a result.

    Args:
        figures: rows with ``value``, ``lower``, ``upper``, ``comparator``, ``unit`` and ``kind``.
        label: the columns that name a line; a missing time shows as 未注明时间.
        ax: where to draw; a new figure of fitting height by default.

    Raises:
        ValueError: there are no figures, or they have several units: these cannot share an axis.
    """
    import matplotlib.pyplot as plt

    rows: list[dict[str, Any]] = figures.dicts()
    units = sorted({str(row["unit"] or "") for row in rows})
    if len(units) != 1:
        raise ValueError(f"figures of one unit share an axis; these have: {', '.join(units) or 'no rows'}")
    use_chinese_font()
    if ax is None:
        _, ax = plt.subplots(figsize=(9, 1.2 + 0.45 * len(rows)), layout="constrained")
    numbers = [float(row[name]) for row in rows for name in ("value", "lower", "upper") if row[name] is not None]
    reach = _REACH * (max(numbers) - min(min(numbers), 0) or 1)
    for place, row in enumerate(rows):
        _draw(ax, place, row, reach)
    ax.set_yticks(range(len(rows)), ["　".join(_part(row, name) for name in label) for row in rows])
    ax.set_ylim(len(rows) - 0.4, -0.6)
    ax.set_xlim(left=min(min(numbers), 0), right=max(numbers) + 3 * reach)
    ax.set_xlabel(units[0] or "（无单位）")
    ax.xaxis.set_major_formatter("{x:,.10g}")
    ax.grid(axis="x", alpha=0.3)
    handles, names = ax.get_legend_handles_labels()
    unique = dict(zip(names, handles, strict=True))
    ax.legend(unique.values(), unique.keys(), loc="best")
    return ax


def _part(row: dict[str, Any], name: str) -> str:
    missing = "未注明时间" if name == "time" else "—"
    return str(row[name]) if row[name] is not None else missing


def _draw(ax: Axes, place: int, row: dict[str, Any], reach: float) -> None:
    """One figure: its bounds first, its point on top, its number beside."""
    value = float(row["value"])
    low, high = (None if row[name] is None else float(row[name]) for name in ("lower", "upper"))
    name, marker, filled = _KINDS.get(str(row["kind"]), (str(row["kind"]), "x", True))
    color = "#2c6fbb" if filled else "#c0392b"
    if low is not None and high is not None:
        ax.hlines(place, low, high, color=color, linewidth=3, alpha=0.5)
    elif low is not None or high is not None:
        arrow = {"arrowstyle": "->", "color": color, "linewidth": 1.6}
        far = value + reach if low is not None else value - reach
        ax.annotate("", xy=(far, place), xytext=(value, place), arrowprops=arrow)
    face = color if filled else "white"
    ax.plot([value], [place], marker, color=color, markerfacecolor=face, linestyle="none", label=name)
    around = "约 " if row["comparator"] == "about" else ""
    end = max(value, high or value) + (reach if low is not None and high is None else 0)
    ax.annotate(
        f"{around}{value:,.10g}", (end, place), xytext=(7, 0), textcoords="offset points", va="center", fontsize=9
    )
