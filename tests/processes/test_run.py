"""Programs run under limits, and nothing of them is left behind."""

import os
import signal
import subprocess
import sys
import time
from pathlib import Path

import pytest

from autoform.processes import CannotStart, Completed, MissingProgram, Stop, run

MIB = 1024 * 1024


def python(code: str, *, wall: float = 60, cpu: float | None = 20, **limits: object) -> Completed:
    """Run Python code in a process of its own."""
    argv = [sys.executable, "-I", "-S", "-c", code]
    return run(argv, timeout_cpu=cpu, timeout_wall=wall, **limits)  # type: ignore[arg-type]  # passed on as given


def alive(pid: int) -> bool:
    try:
        state = Path(f"/proc/{pid}/stat").read_text().rpartition(")")[2].split()[0]
    except FileNotFoundError:
        return False
    return state != "Z"


def gone(pids: Path) -> bool:
    """Whether all processes named in a file are gone."""
    numbers = [int(word) for word in pids.read_text().split()]
    assert numbers
    return not any(map(alive, numbers))


def test_output_and_exit_code_come_back() -> None:
    code = "import sys; print(sys.stdin.read()); print('e', file=sys.stderr); sys.exit(3)"
    done = python(code, input=b"hello")
    assert (done.returncode, done.stdout, done.stderr) == (3, b"hello\n", b"e\n")
    assert done.stop is None
    assert not done.timed_out
    assert not done.killed
    assert 0 < done.cpu_seconds < 10


def test_environment_is_empty_and_folder_private() -> None:
    code = "import os; print(sorted(os.environ), os.listdir(), os.getcwd())"
    listed, folder = python(code).stdout.decode().rsplit(" ", 1)
    # Python itself sets it when it starts in the C locale.
    assert listed.replace("'LC_CTYPE'", "") == "[] []"
    assert not Path(folder.strip()).exists()


def test_environment_and_folder_can_be_given(tmp_path: Path) -> None:
    code = "import os; print(os.environ['A'], os.getcwd())"
    done = python(code, env={"A": "ü"}, cwd=tmp_path)
    assert done.stdout.decode() == f"ü {tmp_path}\n"


def test_signal_shows_in_the_exit_code() -> None:
    done = python("import os, signal; os.kill(os.getpid(), signal.SIGABRT)")
    assert done.returncode == -signal.SIGABRT
    assert done.killed
    assert done.stop is None


def test_busy_loop_ends_by_cpu_time_not_wall_clock() -> None:
    done = python("while True: pass", cpu=0.5)
    assert done.stop is Stop.CPU
    assert done.timed_out
    assert 0.5 <= done.cpu_seconds < 2


def test_cpu_time_of_children_counts() -> None:
    code = "import os\nfor _ in range(3):\n  if os.fork() == 0:\n    while True: pass\nos.wait()"
    done = python(code, cpu=1.0)
    assert done.stop is Stop.CPU
    assert done.cpu_seconds < 3


def test_a_process_that_outlasts_its_own_time_is_ended_alone() -> None:
    code = "import subprocess, sys; print(subprocess.run([sys.executable, '-c', 'while 1: 1']))"
    done = run([sys.executable, "-c", code], timeout_cpu=30, timeout_wall=120, timeout_each=1)
    assert done.returncode == 0
    assert b"returncode=-" in done.stdout


def test_sleep_is_ended_by_the_guard() -> None:
    started = time.monotonic()
    done = run(["sleep", "1000"], timeout_cpu=5, timeout_wall=0.3)
    assert done.stop is Stop.WALL
    assert done.timed_out
    assert time.monotonic() - started < 30


@pytest.mark.parametrize("leave", ["", "os.setsid()", "os.setsid(); os.fork() and os._exit(0)"])
def test_children_are_killed_even_when_they_leave(tmp_path: Path, leave: str) -> None:
    code = f"""
import os, signal, time
signal.signal(signal.SIGHUP, signal.SIG_IGN)
signal.signal(signal.SIGTERM, signal.SIG_IGN)
if os.fork() == 0:
    {leave}
    with open("pids", "a") as file:
        print(os.getpid(), file=file)
    os.close(1); os.close(2)
    time.sleep(1000)
while not os.path.exists("pids") or not os.path.getsize("pids"):
    time.sleep(0.01)
print("parent ends")
"""
    done = python(code, cwd=tmp_path)
    assert done.stdout == b"parent ends\n"
    assert done.stop is None
    assert gone(tmp_path / "pids")


def test_children_of_children_are_killed_at_a_limit(tmp_path: Path) -> None:
    code = """
import os, time
depth = 0
while depth < 3 and os.fork() == 0:
    os.setsid()
    depth += 1
with open("pids", "a") as file:
    print(os.getpid(), file=file)
while depth == 3 and len(open("pids").readlines()) < 4:
    time.sleep(0.01)
if depth == 3:
    print("flood" * 100, flush=True)
time.sleep(1000)
"""
    done = python(code, cwd=tmp_path, max_output_bytes=100)
    assert done.stop is Stop.OUTPUT
    assert len((tmp_path / "pids").read_text().split()) == 4
    assert gone(tmp_path / "pids")


def test_fork_bomb_is_put_out(tmp_path: Path) -> None:
    code = "import os\nwhile True:\n  try: os.fork()\n  except OSError: pass"
    started = time.monotonic()
    done = python(code, cwd=tmp_path, max_processes=8, wall=60)
    assert done.stop is Stop.PROCESSES
    assert time.monotonic() - started < 30
    listing = subprocess.run(["ps", "-eo", "args"], capture_output=True, text=True, check=True)
    assert "except OSError: pass" not in listing.stdout


def test_memory_hog_runs_out_of_memory() -> None:
    done = python("x = bytearray(400 * 2**20)", memory_bytes=200 * MIB)
    assert done.returncode == 1
    assert b"MemoryError" in done.stderr


def test_memory_of_all_processes_together_is_limited() -> None:
    code = """
import os, time
for _ in range(8):
    if os.fork() == 0:
        x = bytearray(os.urandom(2**20) * 60)
        time.sleep(100)
time.sleep(100)
"""
    done = python(code, memory_bytes=200 * MIB)
    assert done.stop is Stop.MEMORY


def test_reserved_address_space_is_not_memory() -> None:
    code = "import mmap; m = mmap.mmap(-1, 2**36, mmap.MAP_PRIVATE, 0); print(len(m))"
    assert python(code, memory_bytes=200 * MIB).stdout == b"68719476736\n"


def test_file_size_is_limited(tmp_path: Path) -> None:
    argv = ["sh", "-c", "exec head -c 2000000 /dev/zero > f"]
    done = run(argv, timeout_cpu=5, timeout_wall=60, cwd=tmp_path, max_file_bytes=MIB)
    assert done.returncode == -signal.SIGXFSZ
    assert (tmp_path / "f").stat().st_size == MIB


@pytest.mark.parametrize("stream", [1, 2])
def test_output_flood_is_cut(stream: int) -> None:
    code = f"import os\nwhile True: os.write({stream}, bytes(65536))"
    done = python(code, max_output_bytes=MIB)
    assert done.stop is Stop.OUTPUT
    assert len(done.stdout) + len(done.stderr) == MIB


def test_large_input_and_output_do_not_block_each_other() -> None:
    data = os.urandom(MIB)
    assert run(["cat"], input=data, timeout_cpu=10, timeout_wall=60).stdout == data


def test_input_that_is_not_read_is_dropped() -> None:
    done = run(["true"], input=bytes(MIB), timeout_cpu=10, timeout_wall=60)
    assert done.returncode == 0


def test_closed_streams_do_not_end_the_wait() -> None:
    done = python("import os, time; os.close(1); os.close(2); time.sleep(0.3); os._exit(7)")
    assert done.returncode == 7


def test_no_network_where_the_system_allows_it() -> None:
    code = """
import socket
try:
    socket.create_connection(("127.0.0.1", 9), timeout=5)
except OSError as error:
    print(error.strerror)
"""
    done = python(code)
    if done.network_off:
        assert done.stdout == b"Network is unreachable\n"
    assert not python("pass", network=True).network_off


def test_missing_program_has_a_type_of_its_own() -> None:
    with pytest.raises(MissingProgram, match="no-such-program"):
        run(["no-such-program"], timeout_cpu=1, timeout_wall=1)


def test_program_that_cannot_start(tmp_path: Path) -> None:
    broken = tmp_path / "broken"
    broken.write_text("#!/no/such/interpreter\n")
    broken.chmod(0o755)
    with pytest.raises(CannotStart, match="interpreter"):
        run([str(broken)], timeout_cpu=1, timeout_wall=10)
    broken.write_bytes(b"\x7fELF nonsense")
    with pytest.raises(CannotStart, match="exec format error"):
        run([str(broken)], timeout_cpu=1, timeout_wall=10)


def test_no_descriptor_leaks() -> None:
    def descriptors() -> int:
        return len(os.listdir("/proc/self/fd"))

    run(["true"], timeout_cpu=1, timeout_wall=10)
    before = descriptors()
    for _ in range(3):
        run(["true"], timeout_cpu=1, timeout_wall=10)
        with pytest.raises(CannotStart):
            run(["/bin/true"], timeout_cpu=1, timeout_wall=10, cwd=Path("/no/such/folder"))
    assert descriptors() == before


def test_nothing_survives_a_killed_owner(tmp_path: Path) -> None:
    owner_code = f"""
from pathlib import Path
from autoform.processes import run
run(["sh", "-c", "echo $$ > pids; exec sleep 1000"], timeout_cpu=5, timeout_wall=900,
    cwd=Path({str(tmp_path)!r}))
"""
    owner = subprocess.Popen(
        [sys.executable, "-c", owner_code], env={"PYTHONPATH": ":".join(sys.path)}
    )
    pids = tmp_path / "pids"
    while not pids.exists() or not pids.read_text().endswith("\n"):
        time.sleep(0.02)
    assert not gone(pids)
    owner.kill()
    owner.wait()
    deadline = time.monotonic() + 20
    while not gone(pids) and time.monotonic() < deadline:
        time.sleep(0.02)
    assert gone(pids)
