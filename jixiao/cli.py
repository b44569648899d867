"""The command line: the same functions as the window, for scripts and the bureau's technician.

Results go to stdout, messages in Chinese to stderr. Exit status: 0 done; 1 ``check`` found
errors, or a fault in a form or the self-test; 2 wrong usage; 3 some files were refused; 4 the
book cannot be opened, or is not there: only ``import`` and ``load`` make one.
"""

from __future__ import annotations

import argparse
import io
import json
import os
import sys
from collections.abc import Callable, Sequence
from pathlib import Path
from typing import TYPE_CHECKING, NoReturn, TextIO

from jixiao import __version__
from jixiao.model.errors import BookError, ExportError, FormError, KnownError
from jixiao.model.shorten import shorten
from jixiao.model.table import shown_name

if TYPE_CHECKING:
    from jixiao.app.importing.drafts import FileReport
    from jixiao.app.session import Session
    from jixiao.io.recognise import Reading

DONE, FOUND_ERRORS, WRONG_USAGE, REFUSED, NO_BOOK = 0, 1, 2, 3, 4
Command = Callable[[argparse.Namespace], int]
COMMANDS = ("import", "check", "export", "dump", "load", "forms", "self-test")


class _Parser(argparse.ArgumentParser):
    """argparse with Chinese headings, wrong usage told in Chinese."""

    def error(self, message: str) -> NoReturn:
        self.exit(WRONG_USAGE, f"用法不对：{_chinese(message)}\n{self.format_usage()}")

    def format_usage(self) -> str:
        return super().format_usage().replace("usage:", "用法：")

    def format_help(self) -> str:
        text = super().format_help().replace("usage:", "用法：")
        text = text.replace("show this help message and exit", "显示这个说明")
        text = text.replace("show program's version number and exit", "显示版本号")
        return text.replace("positional arguments:", "参数：").replace("options:", "选项：")


def _chinese(message: str) -> str:
    for english, chinese in (
        ("the following arguments are required:", "缺少"),
        ("unrecognized arguments:", "不认识"),
        ("expected one argument", "后面要有一个值"),
        ("expected at least one argument", "后面至少要有一个值"),
        ("invalid choice:", "没有这个选择："),
        ("invalid int value:", "应当是整数："),
        ("argument ", "参数 "),
        ("choose from", "可选"),
    ):
        message = message.replace(english, chinese)
    return message


def main(argv: Sequence[str] | None = None) -> int:
    """Run the program; without a command, the window."""
    arguments = list(sys.argv[1:] if argv is None else argv)
    _use_utf8()
    if arguments and (arguments[0] in COMMANDS or arguments[0] in {"-h", "--help", "--version"}):
        try:
            options = _parser().parse_args(arguments)
        except SystemExit as stop:
            return stop.code if isinstance(stop.code, int) else WRONG_USAGE
        return _run(options)
    if arguments and arguments[0].startswith("-"):
        _tell(f"不认识选项 {arguments[0]}。用 jixiao --help 看用法。")
        return WRONG_USAGE
    if len(arguments) > 1 or (arguments and _is_word(arguments[0])):
        _tell(f"不认识命令“{arguments[0]}”。可用的命令：{'、'.join(COMMANDS)}。")
        return WRONG_USAGE
    if _no_screen():
        _tell("这里没有图形界面，窗口打不开。用 jixiao --help 看可以做事的命令。")
        return WRONG_USAGE
    from jixiao.gui.main import run

    return run(Path(arguments[0]) if arguments else None)


def _is_word(argument: str) -> bool:
    """True for what is no path of a book: a misspelt command must not open a window."""
    path = Path(argument)
    return path.name == argument and not path.suffix and not path.exists()


def _no_screen() -> bool:
    """True on a server without a display: Qt would end the program with a signal."""
    if sys.platform in {"win32", "darwin"}:
        return False
    return not any(map(os.environ.get, ("DISPLAY", "WAYLAND_DISPLAY", "QT_QPA_PLATFORM")))


def _use_utf8() -> None:
    """Write UTF-8 whatever the locale; the file may be redirected or missing (a window program)."""
    for stream in (sys.stdout, sys.stderr):
        if isinstance(stream, io.TextIOWrapper):
            stream.reconfigure(encoding="utf-8", errors="replace")


def _tell(message: str) -> None:
    print(message, file=sys.stderr)


def _run(options: argparse.Namespace) -> int:
    from jixiao.app import log

    log.start()
    try:
        status = int(options.run(options))
        _flush()
        return status
    except BookError as error:
        _tell(str(error))
        return NO_BOOK
    except (ExportError, FormError) as error:
        _tell(str(error))
        return REFUSED
    except KnownError as error:
        _tell(str(error))
        return WRONG_USAGE
    except BrokenPipeError:
        _leave_stdout()
        return DONE  # whoever reads the result has seen enough
    except OSError as error:
        from jixiao.model.os_errors import reason_of

        _leave_stdout()
        _tell(f"结果没有写完：{reason_of(error)}。")
        return REFUSED
    finally:
        log.stop()


def _flush() -> None:
    """Write out what is still kept back, while it can still be told that this fails."""
    for stream in (sys.stdout, sys.stderr):
        if isinstance(stream, io.TextIOWrapper):
            stream.flush()


def _leave_stdout() -> None:
    """Let nothing more be written to where it cannot go, which Python would try at its end."""
    stream: TextIO | None = sys.stdout
    if stream is not None:
        nowhere = os.open(os.devnull, os.O_WRONLY)
        os.dup2(nowhere, stream.fileno())
        os.close(nowhere)


def _parser() -> argparse.ArgumentParser:
    parser = _Parser(prog="jixiao", description="绩效目标表编辑器。不带命令时打开窗口。")
    parser.add_argument("--version", action="version", version=f"jixiao {__version__}")
    commands = parser.add_subparsers(dest="command", metavar="命令", parser_class=_Parser)

    def command(name: str, text: str, run: Command) -> argparse.ArgumentParser:
        sub = commands.add_parser(name, help=text, description=text)
        sub.set_defaults(run=run)
        return sub

    def book(sub: argparse.ArgumentParser) -> None:
        sub.add_argument("--book", required=True, type=Path, metavar="账本", help="账本文件 .jxb")

    sub = command("import", "把 Excel、Word 草稿导入账本", _import)
    sub.add_argument(
        "files", nargs="+", type=Path, metavar="文件", help="草稿文件，或装着草稿的文件夹"
    )
    book(sub)
    sub.add_argument("--agency", default="", metavar="单位", help="草稿没写单位时用它")
    sub.add_argument("--year", type=int, metavar="年度", help="草稿没写年度时用它")
    sub.add_argument(
        "--existing",
        choices=("replace", "skip", "keep"),
        default="keep",
        help="账本里已有同一张表时：replace 替换，skip 跳过，keep 再添一份（默认）",
    )
    sub.add_argument("--json", action="store_true", help="在标准输出给出 JSON 报告")
    sub = command("check", "检查账本里的表", _check)
    book(sub)
    sub.add_argument("--json", action="store_true", help="在标准输出给出 JSON 报告")
    sub = command("export", "按官方表样导出", _export)
    book(sub)
    sub.add_argument("--out", required=True, type=Path, metavar="文件夹", help="导出到哪个文件夹")
    sub.add_argument(
        "--format", metavar="格式", help="如 xlsx,docx，逗号分开（不写则导出 xlsx 和 docx）"
    )
    sub.add_argument("--form", default="", metavar="编号", help="换用这个表样")
    sub.add_argument("--combined", action="store_true", help=argparse.SUPPRESS)  # not yet
    sub.add_argument(
        "--existing",
        choices=("keep", "replace", "skip"),
        default="keep",
        help="文件夹里已有同名文件时：keep 都留下，新的名字加 (2)（默认），replace 替换，skip 跳过",
    )
    sub = command("dump", "导出交换文件（JSON）", _dump)
    book(sub)
    sub.add_argument(
        "--out",
        type=Path,
        metavar="文件",
        help="写到文件（那里有交换文件时替换它，别的文件不动）；不写则到标准输出",
    )
    sub = command("load", "把交换文件读进账本", _load)
    sub.add_argument("files", nargs="+", type=Path, metavar="文件", help="交换文件 .json")
    book(sub)
    sub = command("forms", "列出表样，或检查一个表样工作簿", _forms)
    sub.add_argument("--check", type=Path, metavar="工作簿", help="检查这个 .xlsx 能不能做表样")
    command("self-test", "在临时文件夹里自检一遍", _self_test)
    return parser


def _open(path: Path, *, filled: bool) -> Session:
    """The book, made when it is not there; said where it is about to be read (``filled``)."""
    from jixiao.app.session import Session

    there = path.exists()
    session = Session.open(path, create=True)
    if filled and not there:
        _tell(f"账本“{path}”原来不存在，已新建一个空账本；请看看路径是不是写错了。")
    return session


def _import(options: argparse.Namespace) -> int:
    from jixiao.app.importing.drafts import ImportOptions, import_files, report_json

    how = ImportOptions(options.agency, options.year, options.existing)
    with _open(options.book, filled=False) as session:
        reports = import_files(session, options.files, how)
        _tell_bad_forms(session)
    if options.json:
        _print_json(report_json(reports))
    return _tell_reports(reports)


def _load(options: argparse.Namespace) -> int:
    from jixiao.app.importing.drafts import load_files

    with _open(options.book, filled=False) as session:
        return _tell_reports(load_files(session, options.files))


def _tell_reports(reports: Sequence[FileReport]) -> int:
    for report in reports:
        if report.refused:
            _tell(f"{report.file}：没有导入。{report.reason}")
        for sentence in report.messages:
            _tell(f"{report.file}：{sentence}")
        for table in report.tables:
            if table.table_id is not None:
                _tell_doubts(report.file, table.reading)
    tables = [table for report in reports for table in report.tables]
    taken = sum(table.table_id is not None for table in tables)
    refused = sum(report.refused for report in reports)
    parts = [f"共 {len(reports)} 个文件"]
    parts += [f"认出 {len(tables)} 张表"] if taken < len(tables) else []
    parts.append(f"导入 {taken} 张表")
    parts += [f"{len(tables) - taken} 张没有导入"] if taken < len(tables) else []
    parts += [f"{refused} 个文件没有导入"] if refused else []
    _tell("，".join(parts) + "。")
    return REFUSED if refused or any(table.refused for table in tables) else DONE


def _tell_doubts(file: Path, reading: Reading) -> None:
    name = shown_name(reading.table.name)
    if reading.doubts:
        _tell(f"{file}：“{name}”有 {len(reading.doubts)} 处存疑：")
        for doubt in reading.doubts:
            _tell(f"    {doubt.cell} “{shorten(doubt.text, 24)}”：{doubt.reason}")
    if reading.unplaced:
        cells = "、".join(f"{u.cell} “{shorten(u.text, 24)}”" for u in reading.unplaced[:5])
        more = " 等" if len(reading.unplaced) > 5 else ""
        _tell(f"{file}：“{name}”有 {len(reading.unplaced)} 处没有放下：{cells}{more}")


def _check(options: argparse.Namespace) -> int:
    from jixiao.app.checking.checking import SEVERITIES, check_book, findings_json, has_errors
    from jixiao.app.checking.options import options_of, silenced_text

    with _open(options.book, filled=True) as session:
        findings = check_book(session)
        silent = silenced_text(options_of(session))
        if options.json:
            _print_json(findings_json(session, findings))
    if not options.json:
        for found in findings:
            finding = found.finding
            where = f"{found.table.agency} {found.table.year or ''} {found.table.name}".strip()
            print(f"[{SEVERITIES[finding.severity]}] {where}：{finding.message}（{finding.rule}）")
    _tell(f"共 {len(findings)} 条。" if findings else "没有发现问题。")
    if silent:
        _tell(silent)
    return FOUND_ERRORS if has_errors(findings) else DONE


def _export(options: argparse.Namespace) -> int:
    from jixiao.app.exporting import (
        FORMATS,
        USUAL,
        existing_lines,
        export_tables,
        export_warnings,
    )

    asked = ",".join(USUAL) if options.format is None else options.format
    formats = [name.strip().lower() for name in asked.split(",") if name.strip()]
    unknown = [name for name in formats if name not in {*FORMATS, "pdf"}]
    if unknown or not formats:
        _tell(f"没有“{'、'.join(unknown)}”这种导出格式，可用 {'、'.join(FORMATS)}。")
        return WRONG_USAGE
    if "pdf" in formats or options.combined:
        what = "PDF" if "pdf" in formats else "合成一个文件（--combined）"
        _tell(f"{what}还不能导出；请先导出 xlsx 或 docx，再用 Excel、WPS 或 Word 转换。")
        return WRONG_USAGE
    with _open(options.book, filled=True) as session:
        report = export_tables(
            session, options.out, formats, form_id=options.form, existing=options.existing
        )
        for form in [] if options.form else session.forms.updated(session.book):
            _tell(
                f"表样“{form.name}”在表样文件夹里已有改动，这次仍用账本里的；"
                f"要用新的，请加 --form {form.id}，或在窗口里更新表样。"
            )
        _tell_bad_forms(session)
    for written in report.written:
        print(written.path)
    for line in (*export_warnings(report), *existing_lines(report)):
        _tell(line)
    skipped = f"，跳过 {len(report.skipped)} 个" if report.skipped else ""
    _tell(f"共导出 {len(report.written)} 个文件{skipped}。")
    return REFUSED if report.failed else DONE


def _dump(options: argparse.Namespace) -> int:
    from jixiao.app.exporting import dump_book, write_dump

    with _open(options.book, filled=True) as session:
        if options.out is None:
            print(dump_book(session), end="")
        elif write_dump(session, options.out):
            _tell(f"替换了原有的 {options.out.name}")
    return DONE


def _forms(options: argparse.Namespace) -> int:
    if options.check is not None:
        from jixiao.app.forms.check_form import check_form

        faults = check_form(options.check)
        for fault in faults:
            print(fault)
        errors = sum(fault.severity == "error" for fault in faults)
        _tell("这个表样可以用。" if not errors else f"有 {errors} 处要改。")
        return FOUND_ERRORS if errors else DONE
    from jixiao.app.forms.at_hand import FormLibrary

    library = FormLibrary()
    for form in library.by_id.values():
        years = f"{form.start or ''}—{form.end or ''}" if form.start or form.end else ""
        print(f"{form.id}\t{form.name}\t{form.region}\t{years}")
    for bad in library.bad:
        _tell(f"{bad.path}：{bad.reason}")
    return DONE


def _self_test(_: argparse.Namespace) -> int:
    from jixiao.app.self_test import self_test

    faults = self_test(_tell)
    return FOUND_ERRORS if faults else DONE


def _tell_bad_forms(session: Session) -> None:
    for bad in session.forms.bad:
        _tell(f"表样 {bad.path} 不能用：{bad.reason}")


def _print_json(value: object) -> None:
    print(json.dumps(value, ensure_ascii=False, indent=1))


if __name__ == "__main__":
    raise SystemExit(main())
