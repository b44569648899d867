"""Drafts that still carry the mistakes which the reading mends, written as clerks send them.

``python -m tests.model.checks.make_drafts`` writes the files in tests/data/checks/drafts anew.
"""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import Path

from docx import Document
from openpyxl import Workbook

FOLDER = Path(__file__).parents[2] / "data" / "checks" / "drafts"
Grid = Sequence[Sequence[str]]

_HEAD = ("一级指标", "二级指标", "三级指标", "指标值", "度量单位", "指标值类型", "备注")
_TASKS_HEAD = ("任务名称", "主要内容")


def _top(name: str, amount: str, period: str, goal: str) -> list[tuple[str, ...]]:
    return [
        ("项目名称", name),
        ("项目金额", amount, "", "项目类别", "特定目标类"),
        ("项目支出实施期", period),
        ("本年度绩效目标", goal),
    ]


CONFERENCE: Grid = (
    ("2026年项目支出绩效目标表",),
    ("填报单位（盖章）：青川县人民代表大会常务委员会办公室", "", "", "", "金额：万元"),
    *_top(
        "县十九届人大六次会议",
        "36",
        "2026年1月",
        "<p>2026年1月12日至14日召开县十九届人大六次会议，会期3天。</p><p>参会率达到95%以上。</p>",
    ),
    _HEAD,
    ("产出指标", "数量指标", "出席会议人数", "186", "人", "=", ""),
    ("", "", "主席团会议次数", "4", "次", "\\geq", ""),
    ("", "质量指标", "参会率", "95", "%", "≥", ""),
    # The second level in the first column, the row's other cells in their own.
    ("时效指标", "", "召开会议时间", "2026年1月", "年度", "定性", ""),
    ("", "", "召开会议天数", "3", "天", "≤", ""),
    ("效益指标", "社会效益指标", "议案建议办结率", "100", "%", "=", ""),
    ("满意度指标", "服务对象满意度指标", "代表满意度", "90", "%", "≥", ""),
    ("成本指标", "经济成本指标", "会议费", "36", "万元", "\\leq", ""),
)
"""Tags, a second level in the first column, LaTeX signs (1, 12, 16)."""

TRAINING: Grid = (
    ("2026年项目支出绩效目标表",),
    ("填报单位（盖章）：青川县教育局", "", "", "", "金额：万元"),
    *_top("教师培训", "24", "2026年", "全年培训教师600人次，满意度90%以上。"),
    _HEAD,
    ("产出指标", "数量指标", "培训教师人次", "600", "人次", "≧", ""),
    ("", "质量指标", "培训合格率", "95", "%", "不低于", ""),
    # Whole rows one column to the left.
    ("时效指标", "培训完成时间", "2026年11月底前", "年度", "定性", "", ""),
    ("社会效益指标", "受益学校数量", "42", "所", "=", "", ""),
    ("满意度指标", "服务对象满意度指标", "参训教师满意度", "90%以上", "", "", ""),
    ("成本指标", "经济成本指标", "培训费", "24", "万元", "≦", ""),
)
"""Rows shifted to the left, other glyphs, a suffix in its own row (14, 15, 21, 31)."""

JOINED: Grid = (
    ("2023年区级专项资金支出方向绩效目标表",),
    ("填报单位：平山县水利局", "", "", "单位：万元"),
    ("支出方向（子项）", "小型水库维护"),
    ("项目金额", "85.5"),
    ("项目实施期", "2023年"),
    ("实施期绩效目标", "<p>保障26座水库安全运行。</p>"),
    ("年度绩效目标", "2023年维护水库26座，巡查312次。"),
    ("一级指标", "二级指标", "三级指标", "指标值及单位", "绩效标准"),
    ("产出指标", "数量指标", "维护水库数量", "26座以上", "年度计划"),
    ("", "质量指标", "设施完好率", "95%及以上", "行业标准"),
    ("", "时效指标", "汛前检查完成时间", "4月底前", "年度计划"),
    ("", "成本指标", "维护经费", "85.5万元以内", "预算批复"),
    ("效益指标", "社会效益指标", "溃坝事故次数", "0次", "安全要求"),
    ("", "社会公众及服务对象满意度指标", "群众满意度", "90%以上", "历史数据"),
)
"""Suffixes in joined cells (31) and tags (1), as a form of 2023 has them."""

DEPARTMENT: Grid = (
    ("2026年部门整体支出绩效目标表",),
    ("部门名称", "青川县农业农村局"),
    ("年度履职目标", "<p>2026年新建高标准农田2万亩。&nbsp;</p><p>粮食播种面积稳定在32万亩。</p>"),
    ("年度主要任务", *_TASKS_HEAD),
    ("", "粮食生产", "<p>落实播种面积32万亩。</p>"),
    ("", "农田建设", "<p>新建高标准农田2万亩。</p>"),
    _HEAD,
    ("产出指标", "数量指标", "新建高标准农田面积", "2", "万亩", "\\geq", ""),
    ("", "质量指标", "工程验收合格率", "100", "%", "=", ""),
    ("", "时效指标", "建设任务完成时间", "12月底前", "", "定性", ""),
    ("效益指标", "社会效益指标", "受益农户数", "8000", "户", "≧", ""),
    ("满意度指标", "服务对象满意度指标", "农户满意度", "90", "%", "$\\geq$", ""),
    ("成本指标", "经济成本指标", "部门预算总额", "1860", "万元", "≦", ""),
)
"""Tags in the goal and in the tasks of a department (1, 16, 21)."""

DRAFTS: dict[str, Grid] = {
    "conference": CONFERENCE,
    "training": TRAINING,
    "joined": JOINED,
    "department": DEPARTMENT,
}


def write_xlsx(grid: Grid, path: Path) -> None:
    """A workbook with one sheet, its cells in their places and blank ones left out."""
    book = Workbook()
    sheet = book.worksheets[0]
    sheet.title = "绩效目标表"
    for r, row in enumerate(grid, start=1):
        for c, text in enumerate(row, start=1):
            if text:
                cell = sheet.cell(r, c, text)
                cell.data_type = "s"  # "=" is a sign here, and no formula
    book.save(path)


def write_docx(grid: Grid, path: Path) -> None:
    """A document with the title above one table."""
    document = Document()
    width = max(len(row) for row in grid)
    document.add_paragraph(grid[0][0])
    table = document.add_table(rows=0, cols=width)
    table.style = "Table Grid"
    for row in grid[1:]:
        cells = table.add_row().cells
        for cell, text in zip(cells, row, strict=False):
            cell.text = text
        if 1 < len(row) < 3:
            cells[1].merge(cells[width - 1])
    document.save(str(path))


def main() -> None:
    """Write all drafts in both formats."""
    FOLDER.mkdir(parents=True, exist_ok=True)
    for name, grid in DRAFTS.items():
        write_xlsx(grid, FOLDER / f"{name}.xlsx")
        write_docx(grid, FOLDER / f"{name}.docx")


if __name__ == "__main__":
    main()
