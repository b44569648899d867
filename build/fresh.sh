#!/bin/bash
# Proves that the README's commands work on a bare system.
#   fresh.sh [SUITE...]   Debian releases to try; without any, bookworm and trixie
# For each release a bare root with git, make and ca-certificates is built in a temporary folder.
# There the last commit is cloned, `make test` runs and `make run` opens the window on a screen
# that stands outside. Mirror, keys, certificates, proxies and pip's settings are those of this
# machine. What was printed and a picture of the window are left in out/fresh/. Needs root.
set -euo pipefail
cd "$(dirname "$0")/.."

OUT=$PWD/out/fresh
CLONE="/root/绩效 目标 表"
WINDOW="绩效目标表编辑器"
WAIT=600
ROOT="" SCREEN="" APP=""
MOUNTS=()

fail() { printf '%s\n' "$@" >&2; exit 1; }

# Whatever happens: nothing that was started runs on, and nothing of this machine is deleted.
clean_up() {
    local at
    [ -z "$APP" ] || kill -- "-$APP" 2>/dev/null || true
    [ -z "$SCREEN" ] || kill "$SCREEN" 2>/dev/null || true
    APP="" SCREEN=""
    for ((at = ${#MOUNTS[@]} - 1; at >= 0; at--)); do
        umount "${MOUNTS[at]}" || umount --lazy "${MOUNTS[at]}" || true
    done
    MOUNTS=()
    [ -n "$ROOT" ] || return 0
    if grep -qF " $ROOT/" /proc/self/mounts; then
        fail "有挂载没有卸下，没有删除：$ROOT"
    fi
    rm -rf --one-file-system "$ROOT"
    ROOT=""
}
trap clean_up EXIT
trap 'exit 130' INT TERM

# share PATH [OPTIONS]: let a file or folder of this machine be seen in the root, at the same place.
share() {
    local target=$ROOT$1
    if [ -d "$1" ]; then
        mkdir -p "$target"
    elif [ ! -e "$target" ]; then
        mkdir -p "${target%/*}" && touch "$target"
    fi
    mount --bind "$1" "$target"
    MOUNTS+=("$target")
    [ -z "${2:-}" ] || mount -o "remount,bind,$2" "$target"
}

tools() {
    local missing=() pair
    for pair in debootstrap:debootstrap Xvfb:xvfb xdotool:xdotool import:imagemagick; do
        command -v "${pair%%:*}" >/dev/null || missing+=("${pair##*:}")
    done
    [ ${#missing[@]} -eq 0 ] || apt-get install -y -qq --no-install-recommends "${missing[@]}" >/dev/null
}

# The mirror and the keys by which apt of this machine gets Debian itself.
mirror() {
    local found
    # shellcheck disable=SC2016  # the names are apt's
    found=$(apt-get indextargets --format '$(REPO_URI)' 'Created-By: Packages' 'Origin: Debian' \
        'Label: Debian' | sort -u | head -n 1)
    [ -n "$found" ] || fail "不知道从哪里取 Debian：请先运行 apt-get update。"
    echo "${found%/}"
}

keyring() {
    local file
    for file in /usr/share/keyrings/debian-archive-keyring.{gpg,pgp}; do
        if [ -e "$file" ]; then
            echo "$file"
            return
        fi
    done
    fail "没有 Debian 的公钥，请先运行：apt-get install debian-archive-keyring"
}

# take_over_apt MIRROR: sources, proxies and the like, and the certificates that are trusted here.
take_over_apt() {
    apt-config dump | grep -E '^Acquire::(https?|ftp|Retries|Check-Valid-Until|ForceIPv)' \
        >"$ROOT/etc/apt/apt.conf.d/99-as-outside" || true
    case $1 in file:* | copy:*) share "/${1#*:/}" ro ;; esac
    if compgen -G "/usr/local/share/ca-certificates/*.crt" >/dev/null; then
        cp /usr/local/share/ca-certificates/*.crt "$ROOT/usr/local/share/ca-certificates/"
        chroot "$ROOT" update-ca-certificates >/dev/null 2>&1
    fi
    [ ! -e /etc/resolv.conf ] || cp -L /etc/resolv.conf "$ROOT/etc/resolv.conf"
}

# pip's settings as one file; prints the files and folders of this machine that they name.
take_over_pip() {
    python3 -m pip config list 2>/dev/null | python3 -c '
import ast
import configparser
import sys
from pathlib import Path
from urllib.parse import unquote, urlsplit

settings = configparser.RawConfigParser()
paths = set()
for line in sys.stdin:
    name, _, value = line.partition("=")
    section, _, key = name.strip().rpartition(".")
    section = "global" if section == ":env:" else section
    value = ast.literal_eval(value.strip())
    if not settings.has_section(section):
        settings.add_section(section)
    # The environment is listed first and wins.
    if not settings.has_option(section, key):
        settings.set(section, key, value)
    for word in value.split():
        is_url = word.startswith("file:")
        path = Path(unquote(urlsplit(word).path) if is_url else word)
        if path.is_absolute() and path.exists():
            # The files of an index often lie beside it.
            beside = "index" in key and len(path.parts) > 2
            paths.add(str(path.parent if beside else path))
with open(sys.argv[1], "w", encoding="utf-8") as file:
    settings.write(file)
print(*sorted(paths), sep="\n")' "$ROOT/etc/pip.conf"
}

# inside COMMAND...: run in the root with an empty environment, but for the proxies.
inside() {
    local name kept=()
    for name in http_proxy https_proxy no_proxy HTTP_PROXY HTTPS_PROXY NO_PROXY; do
        [ -z "${!name:-}" ] || kept+=("$name=${!name}")
    done
    chroot "$ROOT" /usr/bin/env -i HOME=/root TERM=dumb PATH=/usr/sbin:/usr/bin:/sbin:/bin \
        "${kept[@]}" "$@" </dev/null
}

build_root() {
    local suite=$1 from path
    from=$(mirror)
    ROOT=$(mktemp -d "${TMPDIR:-/tmp}/jixiao-fresh.XXXXXX")
    chmod 755 "$ROOT"  # apt reads there as a user of its own
    debootstrap --variant=minbase --include=git,make,ca-certificates --keyring="$(keyring)" \
        "$suite" "$ROOT" "$from" >"$OUT/$suite-debootstrap.log" 2>&1 ||
        fail "没有建成 $suite，详见 $OUT/$suite-debootstrap.log"
    for path in /proc /dev /dev/pts /dev/shm; do [ ! -d "$path" ] || share "$path"; done
    take_over_apt "$from"
    while read -r path; do
        # The certificates were taken over above, as the system's own.
        case $path in "" | /etc/ssl/*) ;; *) share "$path" ro ;; esac
    done < <(take_over_pip)
}

clone() {
    local commit
    commit=$(git rev-parse HEAD)
    git bundle create -q "$ROOT/tmp/source.bundle" HEAD
    inside git -c advice.detachedHead=false -c init.defaultBranch=main \
        clone -q /tmp/source.bundle "$CLONE"
    echo "提交 ${commit:0:10}，文件夹“$CLONE”"
}

start_screen() {
    local number
    exec {pipe}<> <(:)
    Xvfb -displayfd "$pipe" -screen 0 1366x768x24 -ac -nolisten tcp 2>/dev/null &
    SCREEN=$!
    read -r -t 20 number <&"$pipe" || fail "没有屏幕：Xvfb 没有启动。"
    export DISPLAY=:$number
    share /tmp/.X11-unix
}

# The window stands: it is there, has been painted, and the program still runs.
open_window() {
    local suite=$1 log=$OUT/$1-run.log second
    setsid bash -c 'exec chroot "$0" /usr/bin/env -i HOME=/root PATH=/usr/sbin:/usr/bin:/sbin:/bin \
        DISPLAY="$1" make -C "$2" run' "$ROOT" "$DISPLAY" "$CLONE" </dev/null >"$log" 2>&1 &
    APP=$!
    for ((second = 0; ; second++)); do
        xdotool search --onlyvisible --name "$WINDOW" >/dev/null 2>&1 && break
        kill -0 "$APP" 2>/dev/null || { cat "$log" >&2; fail "$suite：程序没有打开窗口就结束了。"; }
        [ "$second" -lt "$WAIT" ] || fail "$suite：等了很久，窗口没有打开。"
        sleep 1
    done
    sleep 8
    import -window root "$OUT/$suite.png"
    kill -0 "$APP" 2>/dev/null || fail "$suite：窗口打开后程序就结束了。"
    [ "$(identify -format %k "$OUT/$suite.png")" -gt 50 ] || fail "$suite：窗口是空白的。"
    kill -- "-$APP"
    wait "$APP" 2>/dev/null || true
    APP=""
}

try_suite() {
    local suite=$1 log=$OUT/$1-test.log begun=$SECONDS
    build_root "$suite"
    echo "== $suite：$(. "$ROOT/etc/os-release" && echo "$PRETTY_NAME")，建成用了 $((SECONDS - begun)) 秒"
    clone
    begun=$SECONDS
    inside make -C "$CLONE" test >"$log" 2>&1 || { tail -n 40 "$log" >&2; fail "$suite：make test 没有通过，详见 $log"; }
    grep -E '(passed|failed)' "$log" | tail -n 1
    echo "make test：通过，连同安装 $((SECONDS - begun)) 秒，$(inside "$CLONE/.venv/bin/python" --version)"
    start_screen
    begun=$SECONDS
    open_window "$suite"
    echo "make run：窗口打开了，连同安装 $((SECONDS - begun)) 秒，图片 out/fresh/$suite.png"
    clean_up
}

[ "$(id -u)" -eq 0 ] || fail "要以 root 运行：它要建一个空的系统。"
mkdir -p "$OUT"
tools
[ -z "$(git status --porcelain)" ] || echo "注意：没有提交的改动不在内。"
for suite in "${@:-bookworm trixie}"; do
    for one in $suite; do try_suite "$one"; done
done
