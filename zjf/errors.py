"""The exceptions that stop a command. Bad data is never one of them: it is a `Problem`.

ZjfError            says what is wrong and how to cure it
├── UsageError      the command was called wrongly (exit code 2)
└── CannotDoError   settings, disk or ledger do not allow it (exit code 3)
    └── NothingToPrintError
"""

import errno

RECEIVE_FIRST = "请先运行 zjf aggregate 接收各单位的报表。"
"""What to do where the ledger has nothing of what is asked for."""
ASK_FOR_IT = f"没有报或报的表没有反映的，请催报；报来以后，{RECEIVE_FIRST}"
"""What to do where a unit may not have reported what is asked for."""

INTERRUPTED = 130
INTERRUPTED_WORDS = "已中断，没有留下半成品。"
"""The exit code after Ctrl+C, and the words printed then."""

_AWAY = (
    errno.ESTALE,
    errno.ENETDOWN,
    errno.ENETUNREACH,
    errno.ENETRESET,
    errno.EHOSTDOWN,
    errno.EHOSTUNREACH,
    errno.ETIMEDOUT,
    errno.ENOTCONN,
    errno.ECONNABORTED,
    errno.ECONNRESET,
    errno.ENODEV,
)
WITHOUT_LOCKS = (errno.ENOLCK, errno.ENOSYS, errno.ENOTSUP, errno.EOPNOTSUPP)
"""What the operating system says where files cannot be locked."""
_CURES = {
    **dict.fromkeys(_AWAY, "请接通网络盘后重新运行。"),
    errno.EIO: "请检查磁盘、U 盘或网络盘的连接后重试；还不行的，换一份副本或换一个盘。",
    errno.EAGAIN: "请等文件传完、保存完后重新运行。",
    **dict.fromkeys((errno.ENOSPC, errno.EDQUOT), "请清理磁盘后重试。"),
    **dict.fromkeys((errno.EMFILE, errno.ENFILE, errno.ENOMEM), "请关掉其他程序后重试。"),
    **dict.fromkeys(WITHOUT_LOCKS, "请把县文件夹移到本机磁盘，或请网络盘的管理员打开文件锁。"),
}
_REASONS = {
    errno.ENOENT: "找不到",
    errno.EACCES: "没有权限，或被其他程序占用",
    errno.EBUSY: "被其他程序占用",
    errno.EPERM: "没有权限",
    errno.EEXIST: "已有同名的文件",
    errno.EISDIR: "是文件夹，不是文件",
    errno.ESPIPE: "是管道或设备，不是文件",
    errno.ENOTDIR: "路径中有一段不是文件夹",
    errno.ENAMETOOLONG: "名称太长",
    errno.EROFS: "所在的盘只能读",
    errno.ENOSPC: "磁盘已满",
    errno.EFBIG: "超过了允许的文件大小",
    errno.EDQUOT: "磁盘配额已用完",
    errno.EIO: "读写磁盘出错",
    errno.ELOOP: "快捷链接绕成了圈",
    **dict.fromkeys((errno.EMFILE, errno.ENFILE), "打开的文件太多"),
    errno.ENOMEM: "内存不够",
    errno.ENXIO: "不是普通文件",
    errno.EAGAIN: "读的时候被改动，还没有写完",
    **dict.fromkeys(_AWAY, "网络盘断开了"),
    **dict.fromkeys(WITHOUT_LOCKS, "所在的盘不支持文件锁"),
}


class ZjfError(Exception):
    """An error that stops a command, with what to do about it.

    Args:
        message: What is wrong, in Chinese.
        cure: What to do about it, in Chinese.
    """

    exit_code = 3

    def __init__(self, message: str, cure: str = "") -> None:
        super().__init__(message)
        self.message = message
        self.cure = cure

    def __str__(self) -> str:
        return f"{self.message}。{self.cure}" if self.cure else self.message


class UsageError(ZjfError):
    """The command was called with options or arguments that make no sense."""

    exit_code = 2


class CannotDoError(ZjfError):
    """Unreadable settings, no returns found, a full disk, a ledger that does not open."""


class NothingToPrintError(CannotDoError):
    """The ledger has nothing of what was to be printed; in a round, that is no fault."""


def reason(error: OSError) -> str:
    """Returns in Chinese why the operating system refused."""
    return _REASONS.get(error.errno or 0, f"系统错误 {error.errno}")


def cure(error: OSError, otherwise: str) -> str:
    """Returns in Chinese what to do where the operating system refused.

    Args:
        otherwise: The advice for errors that have none of their own.
    """
    return _CURES.get(error.errno or 0, otherwise)


def refused(what: str, error: OSError, otherwise: str) -> CannotDoError:
    """Returns the error for what the operating system refused, with its reason and what to do (`cure`)."""
    return CannotDoError(f"{what}（{reason(error)}）", cure(error, otherwise))


_LEFT = 1 << 26
"""A process that can allocate this many bytes is not out of memory."""


def is_out_of_memory(error: BaseException) -> bool:
    """Returns whether an error is due to a lack of memory.

    Such an error takes many forms (a library that cannot be loaded, a thread that cannot be started). So it is also
    tried whether memory can be allocated.
    """
    try:
        bytes(_LEFT)  # allocated, but not written to
    except MemoryError:
        return True
    return isinstance(error, MemoryError)
