"""Returns checked on the machines of a Dask cluster instead of this one's processes."""

from collections.abc import Iterator
from concurrent.futures import Future
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from zjf import __version__
from zjf.errors import CannotDoError
from zjf.extras import optional
from zjf.files import refuse_pipe
from zjf.pipeline.isolated_check import Check, WorkerLostError, check_apart
from zjf.pipeline.on_cluster import check_on_worker

_CONNECT_SECONDS = 10


@dataclass(frozen=True)
class _ClusterExecutor:
    executor: Any
    """A `concurrent.futures.Executor` by Dask."""

    def submit(self, path: Path, check: Check) -> "Future[bytes]":
        answer: Future[bytes] = Future()
        try:
            if path.stat().st_size > check.settings.intake.limits.file_bytes:
                raise OSError
            refuse_pipe(path)
            data = path.read_bytes()
        except OSError:  # too large or unreadable: checked here, which makes a problem of it
            answer.set_result(check_apart(path, check))
            return answer
        remote = self.executor.submit(check_on_worker, path, check, data, key=None, retries=1)
        remote.add_done_callback(lambda done: _hand_over(done, answer))
        return answer


def _hand_over(remote: "Future[bytes]", answer: "Future[bytes]") -> None:
    from distributed import KilledWorker

    connection_lost = CannotDoError("与集群的连接断了", "请检查集群，或不用 --cluster 重新运行。")
    if remote.cancelled():
        answer.set_exception(connection_lost)
    elif (error := remote.exception()) is None:
        answer.set_result(remote.result())
    elif isinstance(error, KilledWorker | WorkerLostError):
        answer.set_exception(WorkerLostError())
    elif isinstance(error, TimeoutError):
        answer.set_exception(error)
    else:
        answer.set_exception(connection_lost)


@contextmanager
def cluster_executor(address: str) -> Iterator[_ClusterExecutor]:
    """Connects to a cluster's workers. The returns' bytes are sent to them, with names and identity numbers.

    Args:
        address: The scheduler's: tcp://…, or tls://… where the network is not the office's own.

    Raises:
        CannotDoError: Dask is not installed, the cluster does not answer, has no worker, or has another
            version of zjf.
    """
    distributed = optional("distributed", extra="cluster")
    try:
        _check_address(address)
        client = distributed.Client(address, timeout=_CONNECT_SECONDS, set_as_default=False)
    except (OSError, ValueError) as silent:
        raise CannotDoError(f"连不上集群 {address}", "请核对地址，看 dask scheduler 是否在运行。") from silent
    with client:
        _check_versions(client)
        yield _ClusterExecutor(client.get_executor(pure=False))


def _check_address(address: str) -> None:
    """Refuses an address that cannot be used: Dask's client would go on logging long after its error.

    Raises:
        ValueError: It is no address.
        CannotDoError: The cluster asks for certificates, and none are set up.
    """
    from distributed.comm.addressing import get_address_host_port
    from distributed.security import Security

    get_address_host_port(address)
    has_certificates = Security().get_connection_args("client")["ssl_context"]  # type: ignore[no-untyped-call]
    if address.startswith("tls:") and not has_certificates:
        raise CannotDoError(
            f"连 {address} 要有 TLS 证书", "请在 Dask 的设置（distributed.comm.tls）中写明证书。"
        )


def _check_versions(client: Any) -> None:
    try:
        versions = client.run(_version)
    except ImportError as missing:
        raise CannotDoError(
            "集群的工作机上没有 zjf", f"请在每台工作机上安装 zjf {__version__}。"
        ) from missing
    if not versions:
        raise CannotDoError("集群没有工作机", "请先启动 dask worker。")
    if others := {version for version in versions.values() if version != __version__}:
        raise CannotDoError(
            f"集群的工作机上是 zjf {'、'.join(sorted(others))}", f"请都换成 {__version__}，以免结果不同。"
        )


def _version() -> str:
    return __version__
