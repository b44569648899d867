"""A second level that is typed below a first level to which it does not belong."""

from __future__ import annotations

from jixiao.io.paper.edit.rows import change_category
from jixiao.io.paper.form.categories import category_key, official_categories
from jixiao.io.paper.form.form import Form
from jixiao.io.paper.page.grid import Binding
from jixiao.model.table import Table


def typed_level2(form: Form, table: Table, binding: Binding, text: str) -> Table | None:
    """The table after a second level was typed that the form has under another first level only.

    Its rows go to that category, first level and place too (服务对象满意度 typed below 产出指标);
    None for every other text, which is simply the second level from now on.
    """
    level1 = other_home(form, table, binding, text)
    if not level1:
        return None
    return change_category(form, table, binding.rows, level1, text.strip()).table


def other_home(form: Form, table: Table, binding: Binding, text: str) -> str:
    """The first level to which a second one belongs that is typed below another; else ""."""
    if binding.target != "indicators" or binding.name != "level2" or not binding.rows:
        return ""
    wanted, own = category_key("", text)[1], table.indicators[binding.rows[0]].level1
    official = official_categories(form, table) if wanted else []
    pairs = [pair for pair in official if category_key(*pair)[1] == wanted]
    homes = {category_key(*pair)[0] for pair in pairs}
    if not own or len(homes) != 1 or category_key(own, "")[0] in homes:
        return ""
    spelt = (row.level1 for row in table.indicators if category_key(row.level1, "")[0] in homes)
    return next(spelt, pairs[0][0])
