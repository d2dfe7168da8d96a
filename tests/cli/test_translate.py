"""`autoform translate`: what it prints, writes, and says to the shell."""

import json
import resource
import subprocess
from collections.abc import Callable
from pathlib import Path

import pytest
from typer.testing import Result

Command = Callable[..., Result]
Start = Callable[..., "subprocess.Popen[str]"]


def test_prints_dafny(autoform: Command) -> None:
    result = autoform("translate", "sums.py", "--to", "dafny")
    assert result.exit_code == 0
    assert "total" in result.stdout
    assert result.stderr == ""


@pytest.mark.parametrize(("target", "suffix"), [("dafny", "dfy"), ("lean", "lean"), ("ir", "ir")])
def test_writes_one_file_a_source_file(autoform: Command, target: str, suffix: str) -> None:
    result = autoform("translate", "sums.py", "--to", target, "-o", "out/deep")
    assert (result.exit_code, result.stdout) == (0, "")
    written = Path("out/deep") / f"sums.{suffix}"
    assert written.read_text() == autoform("translate", "sums.py", "--to", target).stdout
    assert [path.name for path in Path("out/deep").iterdir()] == [written.name]


def test_dialects_differ(autoform: Command) -> None:
    older, newer = (
        autoform("translate", "sums.py", "--dialect", number).stdout for number in ("2", "4")
    )
    assert older != newer
    assert "function method" in older
    assert "function method" not in newer


def test_what_is_unsupported_is_said_and_the_rest_is_done(autoform: Command) -> None:
    result = autoform("translate", "mixed.py")
    assert result.exit_code == 3
    assert "good" in result.stdout
    assert "error[" in result.stderr
    assert " --> mixed.py:6:" in result.stderr
    assert "= help: " in result.stderr
    assert "\x1b[" not in result.output


def test_of_two_functions_of_one_name_each_has_its_own_line(autoform: Command) -> None:
    text = "def f(n: int) -> int:\n    return 1\n\n\ndef f(n: int) -> int:\n    return 1 // n\n"
    Path("twice.py").write_text(text)
    result = autoform("translate", "twice.py", "--to", "ir", "--json")
    entries = [(each["line"], each["verdict"]) for each in json.loads(result.stdout)["functions"]]
    assert entries == [(1, "unsupported"), (5, "translated")]
    assert result.exit_code == 3


def test_json_is_one_document(autoform: Command) -> None:
    result = autoform("translate", "mixed.py", "--json")
    document = json.loads(result.stdout)
    assert document["schema"] == 1
    good, bad = document["functions"]
    assert good == {"name": "good", "file": "mixed.py", "line": 1, "verdict": "translated"}
    assert (bad["name"], bad["line"], bad["verdict"]) == ("bad", 5, "unsupported")
    assert {"code", "message", "line", "hint"} <= bad["diagnostics"][0].keys()
    assert document["files"][0]["file"] == "mixed.py"
    assert "good" in document["files"][0]["text"]


def test_one_function_is_selected_in_two_ways(autoform: Command) -> None:
    by_name = autoform("translate", "sums.py::half", "--to", "ir")
    by_option = autoform("translate", "sums.py", "--select", "half", "--to", "ir")
    assert by_name.stdout == by_option.stdout
    assert "fn half" in by_name.stdout
    assert "fn total" not in by_name.stdout


def test_select_may_name_a_function_of_any_file(autoform: Command) -> None:
    result = autoform("translate", "sums.py", "mixed.py", "--select", "half", "--to", "ir")
    assert result.exit_code == 0
    assert "fn half" in result.stdout


def test_folders_keep_their_shape_in_the_output(autoform: Command, folder: Path) -> None:
    for place in ("src/a.py", "src/deep/a.py"):
        (folder / place).parent.mkdir(parents=True, exist_ok=True)
        (folder / place).write_text("def f(n: int) -> int:\n    return n\n")
    assert autoform("translate", "src", "--to", "ir", "-o", "out").exit_code == 0
    found = sorted(str(path) for path in Path("out").rglob("*.ir"))
    assert found == ["out/a.ir", "out/deep/a.ir"]


def test_two_sources_never_share_an_output(autoform: Command, folder: Path) -> None:
    (folder / "other").mkdir()
    (folder / "other" / "sums.py").write_text("def f(n: int) -> int:\n    return n\n")
    result = autoform("translate", "sums.py", "other/sums.py", "--to", "ir", "-o", "out")
    assert result.exit_code == 2
    assert "error[cannot-write]" in result.stderr
    assert "fn total" in (folder / "out" / "sums.ir").read_text()


def test_sarif_holds_the_findings(autoform: Command) -> None:
    assert autoform("translate", "mixed.py", "--sarif", "found.sarif").exit_code == 3
    (run,) = json.loads(Path("found.sarif").read_text())["runs"]
    assert len(run["results"]) == 1


# ── Bad input ─────────────────────────────────────────────────────────────────────────────────

DEEP = "def f(n: int) -> int:\n    return " + "(" * 5_000 + "n" + ")" * 5_000 + "\n"
LONG = "def f(n: int) -> int:\n" + "    n = n + 1\n" * 2_000 + "    return n\n"


@pytest.mark.parametrize(
    ("content", "codes", "exit_code"),
    [
        (b"def f(:\n    return 1\n", {"syntax-error"}, 3),
        (b"def f(): return '\xff'\n", {"not-utf8"}, 3),
        (b"\x00\x01", {"not-utf8"}, 3),
        (b"", {"empty-file"}, 0),
        (b"x = 1\n", {"empty-file"}, 0),
        (b"# long\n" * 1_500_000, {"file-too-large"}, 3),
        (DEEP.encode(), {"too-deeply-nested"}, 3),
    ],
    ids=["syntax", "utf8", "binary", "empty", "no function", "10 MB", "deep"],
)
@pytest.mark.parametrize("command", ["translate", "crosscheck"])
def test_a_bad_file_gets_one_clear_finding(
    autoform: Command, folder: Path, command: str, content: bytes, codes: set[str], exit_code: int
) -> None:
    (folder / "bad.py").write_bytes(content)
    result = autoform(command, "bad.py", "--json")
    document = json.loads(result.stdout)
    found = [d["code"] for f in document["functions"] for d in f.get("diagnostics", [])]
    found += [d["code"] for d in document.get("diagnostics", [])]
    assert (set(found), len(found)) == (codes, 1)
    assert result.exit_code == exit_code


def test_a_very_long_function_is_translated_or_refused(autoform: Command, folder: Path) -> None:
    (folder / "long.py").write_text(LONG)
    result = autoform("translate", "long.py", "--json")
    (function,) = json.loads(result.stdout)["functions"]
    assert function["verdict"] in {"translated", "unsupported"}
    assert result.exit_code == (0 if function["verdict"] == "translated" else 3)


@pytest.mark.parametrize(
    ("argument", "code"),
    [
        ("no.py", "unreadable-file"),
        ("empty", "no-source-file"),
        ("notes.txt", "no-source-file"),
        ("sums.py::totl", "no-such-function"),
    ],
)
def test_a_wrong_call_is_told_from_a_wrong_program(
    autoform: Command, folder: Path, argument: str, code: str
) -> None:
    (folder / "empty").mkdir()
    (folder / "notes.txt").touch()
    result = autoform("translate", argument)
    assert result.exit_code == 2
    assert result.stderr.count("error[") == 1
    assert f"error[{code}]" in result.stderr


def test_a_wrong_file_does_not_stop_the_others(autoform: Command) -> None:
    result = autoform("translate", "no.py", "sums.py", "--to", "ir")
    assert result.exit_code == 2
    assert "fn total" in result.stdout


@pytest.mark.parametrize(
    "arguments", [["sums.py", "--to", "coq"], ["sums.py", "--dialect", "3"], [], ["--nonsense"]]
)
def test_wrong_options_are_the_caller_s_fault(autoform: Command, arguments: list[str]) -> None:
    assert autoform("translate", *arguments).exit_code == 2


def test_a_folder_that_cannot_be_made(autoform: Command, folder: Path) -> None:
    (folder / "out").touch()
    result = autoform("translate", "sums.py", "-o", "out")
    assert result.exit_code == 2
    assert "error[cannot-write]" in result.stderr


def test_a_full_disk_leaves_nothing_half_written(process: Start, folder: Path) -> None:
    def limit() -> None:
        resource.setrlimit(resource.RLIMIT_FSIZE, (100, 100))

    running = process("translate", "sums.py", "-o", "out", preexec_fn=limit)
    stdout, stderr = running.communicate(timeout=60)
    assert running.returncode == 2
    assert "error[cannot-write]" in stderr
    assert "Traceback" not in stderr
    assert stdout == ""
    assert list((folder / "out").iterdir()) == []


def test_a_reader_that_goes_away_is_no_error_to_speak_of(process: Start, folder: Path) -> None:
    functions = (f"def f{i}(n: int) -> int:\n    return n + {i}\n\n\n" for i in range(2_000))
    (folder / "many.py").write_text("".join(functions))
    with process("translate", "many.py", "--to", "ir") as running:
        assert running.stdout is not None
        running.stdout.close()
        assert running.stderr is not None
        assert running.stderr.read() == ""


@pytest.mark.skipif(not Path("/dev/full").exists(), reason="no /dev/full here")
@pytest.mark.parametrize("options", [(), ("--json",)])
def test_what_cannot_be_printed_is_no_verdict(process: Start, options: tuple[str, ...]) -> None:
    with Path("/dev/full").open("w") as full:
        started = process("prove", "sums.py", *options, stdout=full)
        _, told = started.communicate(timeout=60)
    assert started.returncode == 2
    assert told.startswith("error[cannot-write]: cannot write `stdout`")
    assert "Traceback" not in told
