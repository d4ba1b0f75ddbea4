"""The full official name of an agency, from what is written and the territory the document speaks of.

Region chain from the province down, then the body (annotation guidelines 5). What the text cannot settle has no
canonical name but a reason.
"""

from __future__ import annotations

from typing import NamedTuple

from extractors.bodies.agency_names import ZONES, Name, Places
from extractors.bodies.divisions import Division, narrow, place_of
from extractors.bodies.gazetteer import fields, vertical
from extractors.model import Jurisdiction

__all__ = ["Answer", "full_name", "level_path", "settle"]

Path = tuple[str, ...]


class Answer(NamedTuple):
    """A canonical name, or the reason why there is none."""

    canonical: str | None
    unresolved: str = ""


def settle(places: Places, territory: Jurisdiction | None, near: Path = ()) -> Division | None:
    """The one division that a chain of written places means, or None where it stays ambiguous.

    Each place must lie in those written before it; then the place named just before (``near``, its path) and the
    document's own territory decide; today's divisions go before former ones.
    """
    candidates: tuple[Division, ...] = places[-1]
    for outer in reversed(places[:-1]):
        inside = tuple(c for c in candidates if any(c.path[: len(o.path)] == o.path for o in outer))
        candidates = inside or candidates
    if len(places) > 1 and not any(c.path[: len(o.path)] == o.path for c in candidates for o in places[0]):
        return None
    for path in (near, territory.path if territory else ()):
        for depth in range(len(path), 0, -1):
            inside = narrow(candidates, path[:depth]) if len(candidates) > 1 else ()
            if inside:
                candidates = inside
                break
    if len(candidates) > 1:
        today = tuple(c for c in candidates if not c.former)
        candidates = today or candidates
    if len(candidates) > 1:
        levels = {c.level for c in candidates}
        order = ("nation", "area", "province", "prefecture", "county")
        top = next(level for level in order if level in levels)
        above = tuple(c for c in candidates if c.level == top)
        # 海南 is the province rather than the prefecture, 朝阳市 the prefecture; two counties of one name stay open.
        candidates = above if len(above) == 1 else candidates
    return candidates[0] if len(candidates) == 1 else None


_ENDS = {
    "省": ("省",),
    "州": ("自治州",),
    "自治州": ("自治州",),
    "县": ("县",),
    "自治县": ("自治县",),
    "旗": ("旗",),
    "自治旗": ("自治旗",),
    "盟": ("盟",),
    "自治区": ("自治区",),
}


def level_path(level: str, territory: Jurisdiction | None) -> Path | None:
    """The chain that a level word means in a territory: 市 in 重庆市渝北区 is 重庆市, 区 is 重庆市渝北区.

    None where the word means no single division: 县 in a province's paper.
    """
    if territory is None or not territory.path:
        return None
    path = territory.path
    if level == "国":
        return ()
    if level == "市":
        for depth in range(len(path), 0, -1):
            if path[depth - 1].endswith("市"):
                return path[:depth]
        return None
    if level in ZONES:
        return path if path[-1].endswith(level) else None
    if level == "区":
        if len(path) == 1:
            return path if path[0].endswith("自治区") else None
        return path if path[-1].endswith("区") else None
    if level in ("县", "自治县", "旗", "自治旗"):
        return path if len(path) > 1 and path[-1].endswith(_ENDS[level]) else None
    ends = _ENDS.get(level)
    if ends:
        for depth in range(len(path), 0, -1):
            if path[depth - 1].endswith(ends):
                return path[:depth]
        if level == "省" and path[0].endswith(("自治区",)):
            return None
    return None


def _region(name: Name, territory: Jurisdiction | None) -> tuple[Path | None, str]:
    """The region chain of a name, or None and the reason."""
    if name.places:
        division = settle(name.places, territory)
        return (division.path, "") if division else (None, "同名的地方不止一个")
    if territory is None:
        return None, "不知道是哪里的文件"
    if name.level:
        path = level_path(name.level, territory)
        return (path, "") if path is not None else (None, f"“{name.level}”不指一个地方")
    if not territory.path:
        return (), ""
    if name.town and len(territory.path) < 2:
        return None, "不知道是哪个县的"
    head = name.body.name[-1]
    if head == "厅" and not name.office:
        return territory.path[:1], ""
    return territory.path, ""


def _head_by_level(name: Name, path: Path) -> str | None:
    """The official body of a field at a level, None where offices differ from place to place."""
    row = fields().get(name.body.stem)
    if row is None:
        return None
    if path[-1].endswith(("省", "自治区")):
        level = "province"
    elif len(path) == 1:
        # The four municipalities have committees where cities have bureaux, and the other way round.
        level = "prefecture"
        if "委员会" in row["heads"] and row[level] != "委员会":
            return None
    elif path[-1].endswith(("自治州", "盟", "地区")) or (path[-1].endswith("市") and len(path) == 2):
        level = "prefecture"
    else:
        level = "county"
    return name.body.stem + row[level] if row[level] else None


def _state(name: Name, path: Path, *, known: dict[tuple[Path, str], str]) -> Answer:
    region = "".join(path) + name.town
    body: str | None = name.body.name
    if name.elliptical:
        whole = name.body.name if name.rule in ("agencies.zone", "agencies.shared_head") else None
        body = whole or known.get((path, name.body.stem)) or _head_by_level(name, path)
        if body is None:
            return Answer(None, "各地机构名称不一")
    pattern = vertical().get(body or "", {}).get("short" if name.short else "full")
    if pattern:
        short = name.short or _short_of(path)
        return Answer(pattern.format(region=region, place=short) + _office(name))
    return Answer(f"{region}{body}{'' if name.elliptical else _office(name)}")


def _short_of(path: Path) -> str:
    """How a place is called for short: 湖北 for 湖北省, 荆州 for 湖北省荆州市."""
    division = place_of(path)
    return division.shorts[0] if division and division.shorts else path[-1]


def _office(name: Name) -> str:
    office = name.office
    if office == "办" or (office.startswith("办") and not office.startswith("办公")):
        office = "办公室" + office[1:]
    return office + "公室" if office.endswith("办") else office


def full_name(
    name: Name,
    territory: Jurisdiction | None,
    *,
    known: dict[tuple[Path, str], str] | None = None,
    acting: bool = False,
) -> Answer:
    """The canonical name of a read name.

    Args:
        known: bodies that the document names in full, by (region chain, stem), for names written by field alone.
        acting: whether fields without a region are the issuer's own bodies (in a reply or a report), not any.
    """
    system = name.body.system
    if system == "fixed":
        return Answer(name.body.name + _office(name))
    if system == "branch":
        division = settle(name.places, territory)
        if division is None:
            return Answer(None, "同名的地方不止一个")
        # 中国人民银行株洲市中心支行: a branch bears the place as it is written, without the province above it.
        place = name.short or (division.name if len(name.places) == 1 else division.canonical)
        return Answer(name.body.name + place + name.office.replace("营管部", "营业管理部"))
    if name.elliptical and name.level == "国":
        return Answer(name.body.nation or None, "" if name.body.nation else "国家机构不明")
    if name.elliptical and not name.places and not acting and not name.level:
        return Answer(None, "泛指")
    path, reason = _region(name, territory)
    if path is None:
        return Answer(None, reason)
    if not path and system == "own":
        return Answer(name.body.name + _office(name))
    if not path:
        nation = name.body.nation
        if nation and not name.elliptical and not name.level and nation[-1] == name.body.name[-1]:
            return Answer(name.body.nation + _office(name))
        return Answer(None, "泛指")
    return _compose(name, path, known or {})


def _compose(name: Name, path: Path, known: dict[tuple[Path, str], str]) -> Answer:
    system, region = name.body.system, "".join(path)
    office = _office(name)
    if system == "party":
        return Answer(f"中共{region}委{office}" if office else f"中共{region}委员会")
    if system == "townparty":
        return Answer(f"中共{region}{name.town}{name.body.name}")
    if system == "partyoffice" and name.body.name[1] == "直":
        return Answer(f"中共{region}委{name.body.name}{office}")
    if system == "partyoffice":
        return Answer(f"中共{region}委员会{name.body.name}{office}")
    if system == "cppcc":
        return Answer(f"中国人民政治协商会议{region}委员会{_written_out(office)}")
    if system == "front":
        return Answer(f"{name.body.name}{region}委员会")
    if system == "congress":
        return Answer(f"{region}{name.body.name}{_written_out(office)}")
    if system == "state" and name.body.name == "人民政府" and office.startswith("办公室"):
        written_short = name.office.startswith("办") and not name.office.startswith("办公")
        if written_short and len(path) == 1 and path[0].endswith(("省", "自治区", "市")):
            office = "办公厅" + office[3:]
        return Answer(region + name.town + name.body.name + office)
    return _state(name._replace(office=office), path, known=known)


def _written_out(office: str) -> str:
    if office == "法工委":
        return "法制工作委员会"
    return office + "员会" if office.endswith("委") else office
