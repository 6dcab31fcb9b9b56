"""Results of a replay in JUnit's XML, for pipelines."""

from __future__ import annotations

from collections.abc import Sequence
from xml.sax.saxutils import escape, quoteattr

from service.replay.run import Result


def junit(results: Sequence[Result]) -> str:
    failures = sum(not result.is_good for result in results)
    lines = ['<?xml version="1.0" encoding="UTF-8"?>',
             f'<testsuite name="liver-cds replay" tests="{len(results)}" failures="{failures}">']  # fmt: skip
    for result in results:
        name = quoteattr(result.exchange.name)
        head = f'  <testcase classname="replay" name={name} time="{result.seconds:.3f}"'
        if result.is_good:
            lines.append(f"{head}/>")
        else:
            text = escape("\n".join(result.details))
            lines.append(f"{head}><failure message={quoteattr(result.outcome)}>{text}</failure></testcase>")
    return "\n".join([*lines, "</testsuite>", ""])
