"""The commands and code that a page shows, run as its reader would run them, one after the other in one folder."""

from __future__ import annotations

import os
import re
import subprocess
import sys
from collections.abc import Iterator
from pathlib import Path
from typing import NamedTuple

__all__ = ["Block", "blocks", "filled", "run"]

_FENCE = re.compile(r"^```(\w*)\n(.*?)^```$", re.M | re.S)
_PROMPT = "$ "
# Stop at a command that could not be carried out; 1 is what check says of warnings.
_STOP = "trap '(( $? == 1 )) || exit 2' ERR\n"
# A newcomer has installed no extra.
_BARE = "import sys; sys.modules.update(dict.fromkeys(('matplotlib', 'pandas', 'polars', 'scipy')))\n"


class Block(NamedTuple):
    """A fenced block: its language, its text, and where the text stands on the page."""

    language: str
    text: str
    start: int
    end: int


class Shown(NamedTuple):
    """A command behind a prompt, and what the page says it prints."""

    command: str
    output: str


def blocks(page: str, *languages: str) -> list[Block]:
    """The page's fenced blocks in one of these languages."""
    return [Block(m[1], m[2], m.start(2), m.end(2)) for m in _FENCE.finditer(page) if m[1] in languages]


def shown(block: Block) -> Iterator[Shown]:
    """The block's commands with their outputs, where it has prompts; a quoted command may run over lines."""
    command: list[str] = []
    output: list[str] = []
    for line in block.text.splitlines(keepends=True):
        if line.startswith(_PROMPT):
            if command:
                yield Shown("".join(command), "".join(output))
            command, output = [line.removeprefix(_PROMPT)], []
        elif command and "".join(command).count("'") % 2:
            command.append(line)
        else:
            output.append(line)
    if command:
        yield Shown("".join(command), "".join(output))


def run(block: Block, folder: Path) -> str:
    """Run a block in ``folder``; give back its text with the outputs that were really printed.

    Raises:
        AssertionError: a command failed.
    """
    if block.language == "python":
        _call([sys.executable, "-c", _BARE + block.text], folder, (0,))
        return block.text
    if not block.text.startswith(_PROMPT):
        _call(["bash", "-c", _STOP + block.text], folder, (0, 1))
        return block.text
    return "".join(
        f"{_PROMPT}{each.command}{_call(['bash', '-c', each.command], folder, (0, 1))}" for each in shown(block)
    )


def filled(page: str, folder: Path, *languages: str) -> str:
    """The page with every block's outputs as they are printed now."""
    for block, text in reversed([(each, run(each, folder)) for each in blocks(page, *languages)]):
        page = page[: block.start] + text + page[block.end :]
    return page


def _call(command: list[str], folder: Path, fine: tuple[int, ...]) -> str:
    path = os.pathsep.join([str(Path(sys.executable).parent), os.environ["PATH"]])
    environment = {**os.environ, "PATH": path, "COLUMNS": "100", "BROWSER": "true", "PYTHONUTF8": "1"}
    done = subprocess.run(
        command, cwd=folder, env=environment, capture_output=True, encoding="utf-8", timeout=300, check=False
    )
    assert done.returncode in fine, f"{command[-1]}\n{done.stdout}\n{done.stderr}"
    return done.stdout
