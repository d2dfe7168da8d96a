"""Lines put into files, and where a contract and its imports go."""

from __future__ import annotations

from autoform.frontends import lift
from autoform.ir.exprs import ResultValue, Var
from autoform.ir.ops import apply
from autoform.ir.types import INT
from autoform.source import SourceFile
from autoform.specify.hosts.edits import Edit, with_edits
from autoform.specify.hosts.python import PythonHost


def test_line_ends_are_those_of_the_file() -> None:
    assert with_edits("a\r\nb", [Edit(2, ("new",))]) == "a\r\nnew\r\nb"
    assert with_edits("a\nb\n", [Edit(1, ("x",)), Edit(3, ("y",))]) == "x\na\nb\ny\n"


def written(text: str) -> str:
    source = SourceFile("sample.py", text)
    (function,) = lift(source).module.functions
    host = PythonHost(source)
    clause = host.ensure(function, apply("ge", ResultValue(INT), Var("a", INT)))
    return with_edits(text, [*host.edits(function, [clause]), *host.imports([clause])])


DEF = "def f(a: int) -> int:\n    return a\n"
CLAUSE = "@icontract.ensure(lambda a, result: result >= a)\n"


def test_an_import_goes_behind_the_docstring() -> None:
    assert written(f'"""Doc."""\n\n{DEF}') == (f'"""Doc."""\nimport icontract\n\n\n\n{CLAUSE}{DEF}')


def test_an_import_joins_the_others() -> None:
    found = written(f"from __future__ import annotations\nimport os\n\n\n{DEF}")
    assert found == (
        f"from __future__ import annotations\nimport os\nimport icontract\n\n\n{CLAUSE}{DEF}"
    )


def test_a_file_that_has_the_library_keeps_its_names() -> None:
    found = written(f"import icontract as ic\n\n\n{DEF}")
    assert found == f"import icontract as ic\n\n\n{CLAUSE.replace('icontract', 'ic')}{DEF}"
    found = written(f"from icontract import ensure\n\n\n{DEF}")
    assert found == f"from icontract import ensure\n\n\n{CLAUSE.replace('icontract.', '')}{DEF}"


def test_a_comment_at_the_top_stays_there() -> None:
    found = written(f"# licence\n\n{DEF}")
    assert found.startswith("# licence\n\nimport icontract\n\n\n@icontract")
