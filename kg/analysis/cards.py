"""Evidence cards as HTML for Jupyter: each statement with its sentence, the very words marked. All text is escaped."""

from __future__ import annotations

from collections.abc import Mapping
from html import escape
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from kg.graph import Quotation
    from kg.query.documents import PolicyDocument, Statement

__all__ = ["GROUPS", "card"]

# So many statements of a group are shown.
_SHOWN = 12
GROUPS = {"issued": "发文", "cited_by": "被引用", "cites": "引用", "figures": "数量"}
_ROLES = {
    "basis": "依据",
    "mentions": "提及",
    "issues-text": "印发文本",
    "repeals": "废止",
    "amends": "修订",
    "planned": "拟制定",
    "actual": "事实",
    "growth": "增幅",
    "target": "目标",
    "standard": "标准",
    "eligibility": "资格门槛",
}
_STYLE = """<style>
.ek-card{border:1px solid rgba(128,128,128,.4);border-radius:8px;padding:.8em 1em;max-width:60em;line-height:1.6}
.ek-card h3{margin:0 0 .3em}.ek-card h4{margin:.9em 0 .3em}
.ek-card dl{display:grid;grid-template-columns:max-content 1fr;gap:.1em 1em;margin:0}
.ek-card dt{opacity:.65}.ek-card dd{margin:0}
.ek-card blockquote{margin:.3em 0 .6em;padding:.1em .8em;border-left:3px solid rgba(128,128,128,.5)}
.ek-card mark{background:#ffe08a;color:#222;padding:0 .1em}
.ek-card small{opacity:.65}.ek-card ul{margin:0;padding-left:1.2em}
</style>"""


def card(document: PolicyDocument) -> str:
    """The card: the head of the document, then what is said by it and of it, group by group."""
    facts = {
        "文号": document.number,
        "文种": document.genre,
        "发文机关": "、".join(document.issuers),
        "成文日期": document.written,
        "发布日期": document.published,
        "正文": "本图谱收有正文" if document.texts else "只见于引用，本图谱没有正文",
    }
    head = "".join(f"<dt>{name}</dt><dd>{escape(str(fact))}</dd>" for name, fact in facts.items() if fact)
    groups = "".join(_group(name, list(document.of(group)), document.files) for group, name in GROUPS.items())
    title = escape(document.title or document.name)
    return f'{_STYLE}<div class="ek-card" lang="zh"><h3>{title}</h3><dl>{head}</dl>{groups}</div>'


def _group(name: str, statements: list[Statement], files: Mapping[str, str]) -> str:
    if not statements:
        return ""
    shown = "".join(_statement(said, files) for said in statements[:_SHOWN])
    rest = len(statements) - _SHOWN
    more = f"<p><small>另有 {rest} 条，见 evidence()</small></p>" if rest > 0 else ""
    return f"<h4>{name}（{len(statements)}）</h4><ul>{shown}</ul>{more}"


def _statement(said: Statement, files: Mapping[str, str]) -> str:
    role = f"［{escape(_ROLES.get(said.role, said.role))}］" if said.role else ""
    quoted = "".join(_quoted(quotation, files[quotation.text]) for quotation in said.quotations)
    return f"<li>{role}{escape(said.caption)}{quoted}</li>"


def _quoted(quotation: Quotation, file: str) -> str:
    """The sentence with the words marked, and where it stands."""
    before, words, after = quotation.parts()
    where = f"[{quotation.start}, {quotation.end})"
    source = f"{file} {where} · {quotation.rule or ''} · {quotation.confidence}"
    quoted = f"{escape(before)}<mark>{escape(words)}</mark>{escape(after)}"
    return f"<blockquote>{quoted}<br><small>{escape(source)}</small></blockquote>"
