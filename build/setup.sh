#!/bin/bash
# Sets up what the Makefile needs.
#   setup.sh --system GOAL   system packages for GOAL (run: a screen and a Chinese font; test: Qt)
#   setup.sh --venv GOAL     .venv with the packages for GOAL (run, test, bench, package)
# As root on Debian and its relatives missing packages are installed, otherwise they are named.
set -euo pipefail
cd "$(dirname "$0")/.."

fail() { printf '%s\n' "$@" >&2; exit 1; }

# install PACKAGE...: as root by apt-get, else one message with the command.
install() {
    if ! command -v apt-get >/dev/null; then
        fail "缺少系统组件：$*" "（以上是 Debian 的包名）请用本系统的软件管理器装好对应的组件，再试一次。"
    fi
    if [ "$(id -u)" -ne 0 ]; then
        fail "缺少系统组件，请先运行这一条命令，再试一次：" "    sudo apt-get install -y $*"
    fi
    echo "正在安装系统组件：$*" >&2
    export DEBIAN_FRONTEND=noninteractive
    { apt-get update -qq && apt-get install -y -qq --no-install-recommends "$@"; } </dev/null >/dev/null ||
        fail "系统组件没有装上。请检查网络和软件源，再运行：" "    apt-get install -y $*"
}

# The first Python that fits; PYTHON=… chooses another.
find_python() {
    local name
    for name in ${PYTHON:+"$PYTHON"} python3 python3.13 python3.12 python3.11; do
        if "$name" -c 'import sys; sys.exit(not (3, 11) <= sys.version_info < (3, 14))' 2>/dev/null; then
            echo "$name"
            return
        fi
    done
    return 1
}

no_python() {
    local found
    found=$(python3 -c 'import platform; print(platform.python_version())' 2>/dev/null) || found=没有
    fail "需要 Python 3.11、3.12 或 3.13（现在的 python3：$found）。" \
        "请安装其中一个；已装在别处的，这样指定：make PYTHON=/路径/python3.11 …"
}

# Prints the packages of those libraries that the system cannot load.
missing_libraries() {
    "$1" - "${@:2}" <<'PY'
import ctypes
import sys

for pair in sys.argv[1:]:
    library, package = pair.split("=")
    try:
        ctypes.CDLL(library)
    except OSError:
        print(package)
PY
}

has_chinese_font() {
    if command -v fc-list >/dev/null; then
        [ -n "$(fc-list :lang=zh family)" ]
    else
        [ -n "$(find /usr/share/fonts ~/.fonts ~/.local/share/fonts -iname '*cjk*' -o -iname 'wqy*' \
            -o -iname 'sim*.tt?' 2>/dev/null | head -n 1)" ]
    fi
}

system() {
    local python missing=()
    [ "$(uname -s)" = Linux ] || return 0
    local libraries=(
        libEGL.so.1=libegl1 libGL.so.1=libgl1 libxkbcommon.so.0=libxkbcommon0
        libdbus-1.so.3=libdbus-1-3 libfontconfig.so.1=libfontconfig1 libglib-2.0.so.0=libglib2.0-0
    )
    if [ "$1" = run ]; then
        libraries+=(
            libxcb-cursor.so.0=libxcb-cursor0 libxkbcommon-x11.so.0=libxkbcommon-x11-0
            libX11-xcb.so.1=libx11-xcb1 libxcb-icccm.so.4=libxcb-icccm4
            libxcb-image.so.0=libxcb-image0 libxcb-keysyms.so.1=libxcb-keysyms1
            libxcb-randr.so.0=libxcb-randr0 libxcb-render-util.so.0=libxcb-render-util0
            libxcb-shape.so.0=libxcb-shape0 libxcb-shm.so.0=libxcb-shm0
            libxcb-sync.so.1=libxcb-sync1 libxcb-xfixes.so.0=libxcb-xfixes0
            libxcb-xkb.so.1=libxcb-xkb1
        )
    fi
    python=$(find_python) || no_python
    mapfile -t missing < <(missing_libraries "$python" "${libraries[@]}")
    if [ "$1" = run ] && ! has_chinese_font; then
        missing+=(fonts-noto-cjk)
    fi
    [ ${#missing[@]} -eq 0 ] || install "${missing[@]}"
}

venv() {
    local python extras
    if ! .venv/bin/python -c 'import sys, pip; sys.exit(not (3, 11) <= sys.version_info < (3, 14))' 2>/dev/null; then
        command -v python3 >/dev/null || install python3 python3-venv
        python=$(find_python) || no_python
        "$python" -c 'import ensurepip, venv' 2>/dev/null ||
            install "$("$python" -c 'import sys; print("python3.%d-venv" % sys.version_info[1])')"
        rm -rf .venv
        "$python" -m venv .venv || fail "虚拟环境 .venv 没有建成。请检查本文件夹能不能写、磁盘有没有空间。"
    fi
    case $1 in
        run) extras="" ;;
        test) extras="[dev]" ;;
        *) extras="[$1]" ;;
    esac
    echo "正在把所需的包装进 .venv（$1）……" >&2
    .venv/bin/python -m pip install --disable-pip-version-check -q -e ".$extras" </dev/null ||
        fail "所需的包没有装全。请检查网络，再试一次。"
    touch ".venv/$1.stamp"
}

case ${1:-} in
    --system) system "$2" ;;
    --venv) venv "$2" ;;
    *) fail "用法：build/setup.sh --system|--venv run|test|bench|package" ;;
esac
