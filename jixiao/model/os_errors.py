"""What the operating system refused, in Chinese: its own texts are English, or in its language."""

from __future__ import annotations

import errno

_REASONS = {
    "磁盘空间不足": ("ENOSPC", "EDQUOT"),
    "磁盘是只读的": ("EROFS",),
    "没有权限": ("EACCES", "EPERM"),
    "文件或文件夹不存在": ("ENOENT",),
    "磁盘或网络盘已经断开": ("ENODEV", "ENXIO", "ENOTCONN", "ESTALE", "ESHUTDOWN"),
    "网络盘没有响应": (
        *("ETIMEDOUT", "EHOSTDOWN", "EHOSTUNREACH", "ENETDOWN", "ENETUNREACH"),
        *("ECONNRESET", "ECONNABORTED", "ECONNREFUSED", "EREMOTEIO"),
    ),
    "磁盘读写出错": ("EIO",),
    "系统一时忙不过来": ("EMFILE", "ENFILE", "ENOMEM", "EAGAIN", "ENOLCK"),
    "链接绕成了圈": ("ELOOP",),
    "上级不是文件夹": ("ENOTDIR",),
    "它是一个文件夹": ("EISDIR",),
    "已有同名的文件": ("EEXIST",),
    "文件名太长": ("ENAMETOOLONG",),
    "名字里有这个位置不能用的字": ("EINVAL", "EILSEQ"),
    "正被其他程序使用": ("EBUSY", "ETXTBSY"),
    "文件太大": ("EFBIG", "EOVERFLOW"),
}
_REASON_OF = {code: reason for reason, codes in _REASONS.items() for code in codes}


def code_of(error: OSError) -> str:
    """The system's name for what went wrong (EROFS), its number where it has no name."""
    return errno.errorcode.get(error.errno or 0, str(error.errno))


def reason_of(error: OSError) -> str:
    """Why the system refused, in a few Chinese words without a full stop."""
    code = code_of(error)
    return _REASON_OF.get(code, f"系统错误 {code}")
