"""Lines of Python for the writers of modules."""

from __future__ import annotations

import re
import textwrap

_WIDTH = 100


def docstring(text: str, indent: str) -> str:
    """Returns a docstring of paragraphs; what is indented already keeps its lines."""
    safe = text.replace("\\", "\\\\").replace('"""', "'''")
    blocks = [_filled(block, indent) for block in re.split(r"\n\s*\n", safe.strip())]
    body = "\n\n".join(blocks).strip()
    ending = "" if "\n" not in body and not body.endswith('"') else f"\n{indent}"
    return f'{indent}"""{body}{ending}"""\n'


def entry(name: str, text: str) -> str:
    """Returns one line of a section `Args:`, folded."""
    return textwrap.fill(
        f"{name}: {' '.join(text.split())}",
        _WIDTH - 8,
        initial_indent="    ",
        subsequent_indent="        ",
        break_long_words=False,
        break_on_hyphens=False,
    )


def _filled(block: str, indent: str) -> str:
    lines = block.splitlines()
    if any(line.startswith("    ") for line in lines):
        return "\n".join(f"{indent}{line}".rstrip() for line in lines)
    return textwrap.fill(
        " ".join(block.split()),
        _WIDTH,
        initial_indent=indent,
        subsequent_indent=indent,
        break_long_words=False,
        break_on_hyphens=False,
    )
