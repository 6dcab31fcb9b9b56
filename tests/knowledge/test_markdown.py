"""Texts of the data cannot break a page."""

from __future__ import annotations

from service.knowledge_pages.markdown import bullets, cell, page, section, table


def test_it_keeps_a_text_within_its_cell() -> None:
    assert cell("one|two\nthree <b>") == "one\\|two three &lt;b>"


def test_it_writes_no_table_without_rows_and_no_section_without_content() -> None:
    assert table(("a",), []) == []
    assert section("Notes", table(("a",), []), bullets([])) == []


def test_it_parts_blocks_by_one_blank_line() -> None:
    text = page("Title", section("Part", ["text"], bullets(["a", "b"])))
    assert text == "# Title\n\n## Part\n\ntext\n\n- a\n- b\n"
