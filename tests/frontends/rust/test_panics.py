"""Where Rust panics, the interpreter raises, and of two panics the first in Rust's order."""

from __future__ import annotations

import shutil
import subprocess
from pathlib import Path

import pytest

from autoform.frontends.rust.panics import PanicKind, kind_of_exception, kind_of_message
from autoform.semantics.interpreter import Raised, call
from tests.frontends.rust.lifting import lifted

PANICS = [
    ("fn f() -> u8 { let a: u8 = 255; a + g() } fn g() -> u8 { 1 }", PanicKind.OVERFLOW),
    ("fn f() -> usize { let v: Vec<i32> = vec![]; v.len() - 1 }", PanicKind.OVERFLOW),
    ("fn f() -> i32 { let m = i32::MIN; m.abs() }", PanicKind.OVERFLOW),
    ("fn f() -> i32 { let m = i32::MIN; let d = -g(); m / d } fn g() -> i32 { 1 }",
     PanicKind.OVERFLOW),
    ("fn f() -> i32 { 7 % z() } fn z() -> i32 { 0 }", PanicKind.ZERO),
    ("fn f() -> i64 { let n = g(); 1i64 << n } fn g() -> u32 { 64 }", PanicKind.OVERFLOW),
    ("fn f() -> i32 { 3i32.pow(g()) } fn g() -> u32 { 40 }", PanicKind.OVERFLOW),
    ("fn f() -> i32 { let v = vec![1, 2]; v[g()] } fn g() -> usize { 2 }", PanicKind.INDEX),
    ("fn f() -> usize { let v = vec![1, 2]; v[g()..].len() } fn g() -> usize { 3 }",
     PanicKind.INDEX),
    ("fn f() -> usize { let v = vec![1, 2]; v[g()..1].len() } fn g() -> usize { 2 }",
     PanicKind.INDEX),
    ("fn f() { let mut v = vec![1]; v.remove(g()); } fn g() -> usize { 1 }", PanicKind.INDEX),
    ("fn f() { let mut v = vec![1]; v.swap(0, g()); } fn g() -> usize { 1 }", PanicKind.INDEX),
    ("fn f() -> i32 { let n: Option<i32> = None; n.unwrap() }", PanicKind.PANIC),
    ("fn f() -> i32 { let n: Result<i32, String> = Err(String::new()); n.expect(\"no\") }",
     PanicKind.PANIC),
    ("fn f() { assert!(g() > 1, \"small\"); } fn g() -> i32 { 1 }", PanicKind.PANIC),
    ("fn f() -> i32 { match g() { 1 => unreachable!(), n => n } } fn g() -> i32 { 1 }",
     PanicKind.PANIC),
    ("fn f() -> u32 { [1u32, 2].iter().map(|x| x - 2).sum() }", PanicKind.OVERFLOW),
    # Of two failures, the one that Rust reaches first.
    ("fn f() { let mut v = [1u8]; let (a, i) = (g(), 0); v[i - 1] = a - 2; } fn g() -> u8 { 1 }",
     PanicKind.OVERFLOW),
    ("fn f() { let mut v = [1u8]; v[g()] = 1 / z(); } fn g() -> usize { 5 } fn z() -> u8 { 0 }",
     PanicKind.ZERO),
    ("fn f() -> u8 { let v = [1u8]; v[g()] + 1 / z() } fn g() -> usize { 5 } fn z() -> u8 { 0 }",
     PanicKind.INDEX),
    ("fn f() { let mut v = [1u8]; v[g()] += 1 / z(); } fn g() -> usize { 5 } fn z() -> u8 { 0 }",
     PanicKind.ZERO),
]  # fmt: skip


@pytest.mark.parametrize(("source", "kind"), PANICS)
def test_interpreter_raises_what_rust_panics_with(source: str, kind: PanicKind) -> None:
    outcome = call(lifted(source).module, "f", ())
    assert isinstance(outcome, Raised)
    assert kind_of_exception(outcome.exception) is kind


@pytest.mark.skipif(shutil.which("rustc") is None, reason="needs rustc")
def test_rust_panics_with_these_messages(tmp_path: Path) -> None:
    """All programs in one compilation, each in a module of its own."""
    modules = [f"mod m{n} {{ pub {source} }}" for n, (source, _) in enumerate(PANICS)]
    calls = [f"run(|| {{ m{n}::f(); }});" for n in range(len(PANICS))]
    runner = """
        fn run(f: fn()) {
            let error = std::panic::catch_unwind(f).unwrap_err();
            let text = error.downcast_ref::<&str>().map(|s| s.to_string());
            let text = text.or(error.downcast_ref::<String>().cloned()).unwrap_or_default();
            println!("{}", text.replace('\\n', " "));
        }
    """
    main = f"fn main() {{ std::panic::set_hook(Box::new(|_| {{}})); {' '.join(calls)} }}"
    path, program = tmp_path / "panics.rs", tmp_path / "panics"
    path.write_text("\n".join((*modules, runner, main)), encoding="utf-8")
    flags = ["--edition", "2021", "-C", "overflow-checks=on", "-A", "warnings"]
    flags += ["-A", "arithmetic_overflow", "-A", "unconditional_panic"]
    subprocess.run(["rustc", *flags, "-o", str(program), str(path)], check=True)
    printed = subprocess.run([program], check=True, capture_output=True, encoding="utf-8").stdout
    found = [kind_of_message(line) for line in printed.splitlines()]
    assert found == [kind for _, kind in PANICS], printed
