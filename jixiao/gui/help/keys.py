"""Keys for the eye: how a shortcut is written, and those of the page that are no actions."""

from __future__ import annotations

PAGE_KEYS: tuple[tuple[str, tuple[tuple[str, str], ...]], ...] = (
    (
        "在表里移动和填写",
        (
            ("下一格 / 上一格（向下、向上）", "Enter / Shift+Enter"),
            ("右边一格 / 左边一格，跳过印好的字", "Tab / Shift+Tab"),
            ("移动", "方向键"),
            ("一行的开头 / 末尾", "Home / End"),
            ("上一屏 / 下一屏", "PageUp / PageDown"),
            ("表的开头 / 末尾", "Ctrl+Home / Ctrl+End"),
            ("本段的头一行 / 末一行", "Ctrl+↑ / Ctrl+↓"),
            ("改这一格的内容", "F2 或双击"),
            ("输入时：让方向键在文字里移动", "F2"),
            ("放弃正在输入的内容", "Esc"),
            ("格内换行", "Alt+Enter"),
            ("打开可选内容", "Alt+↓，再用 ↓ ↑ 选"),
            ("这一格的菜单", "菜单键或 Shift+F10"),
            ("清空选中的格", "Delete"),
            ("清空这一格，接着输入", "Backspace"),
        ),
    ),
    (
        "在表里选中、填充和缩放",
        (
            ("选中一块", "Shift+方向键，或按住鼠标拖"),
            ("选到这一行的开头 / 末尾", "Shift+Home / Shift+End"),
            ("选到本段的头一行 / 末一行", "Ctrl+Shift+↑ / ↓"),
            ("选中整行", "Shift+空格，或单击行左边的手柄"),
            ("选中整列（本段）", "Ctrl+空格"),
            ("同样的内容填进选中的每一格", "输入后按 Ctrl+Enter"),
            ("拖动填充", "拖选框右下角的小方块；按住 Ctrl 换成递增或重复"),
            ("填到本段末尾", "双击选框右下角的小方块"),
            ("放大缩小", "Ctrl+滚轮"),
            ("列宽正好", "双击格线"),
        ),
    ),
    (
        "在目录里",
        (
            ("打开或收起单位、年度", "→ / ←"),
            ("选多张表", "Shift 或 Ctrl 加单击"),
            ("按名称、拼音首字母筛选", "直接打字"),
            ("清除筛选", "Esc"),
            ("到右侧栏，再按到表里", "F6"),
        ),
    ),
    (
        "对比和退回意见",
        (
            ("下一处 / 上一处不同", "F7 / Shift+F7"),
            ("写好退回意见", "Ctrl+Enter"),
        ),
    ),
    (
        "查找条",
        (
            ("下一处 / 上一处", "Enter / Shift+Enter"),
            ("关闭", "Esc"),
        ),
    ),
)
