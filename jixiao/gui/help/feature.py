"""Help, size of the letters, light and dark."""

from __future__ import annotations

from jixiao.gui.commands import Command
from jixiao.gui.help.help_actions import HelpActions


def commands(help_actions: HelpActions) -> list[Command]:
    """The commands, in the order of their menus."""
    return [
        Command(
            id="font_larger",
            menu="查看",
            text="界面字号加大",
            run=help_actions.font_larger,
            group=2,
        ),
        Command(
            id="font_smaller",
            menu="查看",
            text="界面字号减小",
            run=help_actions.font_smaller,
            group=2,
        ),
        Command(
            id="font_normal",
            menu="查看",
            text="标准字号",
            run=help_actions.font_normal,
            group=2,
        ),
        Command(
            id="look_system",
            menu="查看",
            text="浅色深色跟随系统",
            run=help_actions.look_system,
            group=3,
            checked=help_actions.is_system,
        ),
        Command(
            id="look_light",
            menu="查看",
            text="浅色",
            run=help_actions.look_light,
            group=3,
            checked=help_actions.is_light,
        ),
        Command(
            id="look_dark",
            menu="查看",
            text="深色",
            run=help_actions.look_dark,
            group=3,
            checked=help_actions.is_dark,
        ),
        Command(
            id="help",
            menu="帮助",
            text="帮助(&H)",
            run=help_actions.show_help,
            icon="help",
            keys=("F1",),
        ),
        Command(
            id="keys",
            menu="帮助",
            text="快捷键一览(&K)",
            run=help_actions.show_keys,
            icon="keyboard",
            keys=("Ctrl+F1",),
        ),
        Command(
            id="about",
            menu="帮助",
            text="关于",
            run=help_actions.about,
            icon="info",
            group=1,
        ),
    ]
