"""Actions on rows and blocks as steps of a book."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import pytest

from jixiao.app import clipboard, rows
from jixiao.app.clipboard import ClipTexts
from jixiao.app.paste_block import recognise_block
from jixiao.app.session import Session
from jixiao.io.paper.edit.clipboard import Rect, copy_block
from tests.app.typed import perform
from tests.io.row_samples import form_of, table_of

LUKOU = "lukou2026-xiangmu"
TOP = 7


@pytest.fixture
def session(tmp_path: Path) -> Iterator[Session]:
    with Session.open(tmp_path / "a.jxb") as opened:
        yield opened


@pytest.fixture
def table_id(session: Session) -> int:
    with session.book.step("导入") as step:
        return session.add_table(step, table_of(LUKOU))


def test_an_action_is_one_step_that_is_undone(session: Session, table_id: int) -> None:
    before = session.book.table(table_id)
    change = perform(
        session,
        table_id,
        lambda form, table: rows.delete_rows(form, table, "indicators", [0, 1]),
    )
    assert change is not None
    assert change.name == "删除 2 行"
    assert len(session.book.table(table_id).indicators) == len(before.indicators) - 2
    session.book.undo()
    assert session.book.table(table_id) == before


def test_nothing_changed_makes_no_step(session: Session, table_id: int) -> None:
    change = perform(
        session,
        table_id,
        lambda form, table: rows.move_rows(form, table, "indicators", [0], up=True),
    )
    assert change is None


def test_names_of_steps() -> None:
    form, table = form_of(LUKOU), table_of(LUKOU)
    names = [
        rows.insert_row(form, table, "indicators", 0, below=True).name,
        rows.add_row_in_category(form, table, "tasks", -1).name,
        rows.duplicate_rows(form, table, "indicators", [1]).name,
        rows.move_rows(form, table, "indicators", [3, 4], up=False).name,
        rows.move_rows_to(form, table, "indicators", [3], 0).name,
        rows.change_category(form, table, [0], "效益指标", "社会效益").name,
        rows.add_category(form, table, "效益指标", "经济效益").name,
        rows.sort_by_category(form, table).name,
    ]
    assert names == [
        "插入指标",
        "增加任务",
        "复制指标",
        "下移 2 行",
        "移动指标",
        "移到 社会效益",
        "增加分类 经济效益",
        "按分类排序",
    ]


def test_paste_is_one_step(session: Session, table_id: int) -> None:
    table = session.book.table(table_id)
    grid = session.page_of(table)
    clip = clipboard.read_clipboard(ClipTexts(text="甲\t1\n乙\t2\n"))
    selection = Rect(TOP, 3, TOP + 1, 4)
    edit = clipboard.paste(session.form_of(table), table, grid, selection, clip)
    assert (edit.name, edit.written, edit.message) == ("粘贴 4 格", 4, "粘贴 4 格。")
    assert perform(session, table_id, lambda *_: edit) is not None
    assert [i.level3 for i in session.book.table(table_id).indicators[:2]] == ["甲", "乙"]


def test_what_found_no_place_is_told() -> None:
    form, table = form_of(LUKOU), table_of(LUKOU)
    from jixiao.io.paper.form.fill import fill

    grid = fill(form, table)
    clip = clipboard.read_clipboard(ClipTexts(text="别的\t新名称"))
    edit = clipboard.paste(form, table, grid, Rect(2, 0, 3, 1), clip)
    assert edit.message == (
        "粘贴 1 格；有 1 段文字没有放入（例如“别的”：这里是表样印好的文字，不能改）。"
    )
    assert clipboard.fill_down(form, table, grid, Rect(TOP, 4, TOP + 2, 5)).name == "向下填充 1 格"
    assert clipboard.fill_right(form, table, grid, Rect(TOP, 4, TOP + 1, 6)).name == "向右填充 1 格"
    assert clipboard.clear(form, table, grid, Rect(TOP, 4, TOP + 1, 6)).name == "清除 2 格"


def test_html_goes_before_text(session: Session) -> None:
    html = "<table><tr><td rowspan=2>a<td>b<tr><td>c</table>"
    clip = clipboard.read_clipboard(ClipTexts(html, "x\ty"))
    assert clip.matrix == [["a", "b"], ["", "c"]]
    assert clipboard.read_clipboard(ClipTexts("<p>x</p>", "x\ty")).matrix == [["x", "y"]]
    assert clipboard.read_clipboard(ClipTexts()).matrix == []
    source = session.page_of(table_of(LUKOU))
    copied = copy_block(source, Rect(0, 0, len(source.rows), len(source.columns)))
    clip = clipboard.read_clipboard(ClipTexts(copied.html, copied.tsv))
    table = table_of(LUKOU)
    found = recognise_block(clip.grid, session.forms.labels, form_of(LUKOU), table)
    assert found is not None
    edit = clipboard.take_recognised(found, replace_rows=True)
    assert edit.name == "粘贴并识别（替换）"
    assert edit.table.indicators == table.indicators
    added = clipboard.take_recognised(found, replace_rows=False)
    assert len(added.table.indicators) == 2 * len(table.indicators)
