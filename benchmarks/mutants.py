"""Small wrong changes to a module, one at a time: what a mistake of the hand would look like."""

from __future__ import annotations

import ast
from collections.abc import Iterator
from copy import copy
from dataclasses import dataclass

COMPARISONS: dict[type[ast.cmpop], tuple[type[ast.cmpop], ...]] = {
    ast.Lt: (ast.LtE, ast.GtE),
    ast.LtE: (ast.Lt, ast.Gt),
    ast.Gt: (ast.GtE, ast.LtE),
    ast.GtE: (ast.Gt, ast.Lt),
    ast.Eq: (ast.NotEq,),
    ast.NotEq: (ast.Eq,),
    ast.Is: (ast.IsNot,),
    ast.IsNot: (ast.Is,),
    ast.In: (ast.NotIn,),
    ast.NotIn: (ast.In,),
}
ARITHMETIC: dict[type[ast.operator], type[ast.operator]] = {
    ast.Add: ast.Sub,
    ast.Sub: ast.Add,
    ast.Mult: ast.Div,
    ast.Div: ast.Mult,
    ast.FloorDiv: ast.Mult,
    ast.Mod: ast.Mult,
    ast.BitAnd: ast.BitOr,
    ast.BitOr: ast.BitAnd,
    ast.LShift: ast.RShift,
    ast.RShift: ast.LShift,
}
OPPOSITES = {
    "min": "max",
    "max": "min",
    "minimum": "maximum",
    "maximum": "minimum",
    "any": "all",
    "all": "any",
    "floor": "ceil",
    "ceil": "floor",
    "argmin": "argmax",
    "argmax": "argmin",
    "less": "less_equal",
    "less_equal": "less",
}
# Messages are checked by the catalogue; these arguments change nothing that a sound election could show.
MESSAGES = ("_r",)
NOT_MEANT = ("strict", "kind")
# Conditions that are changed from within; of others the opposite is tried.
HAVE_THEIR_OWN = (ast.Compare, ast.BoolOp, ast.UnaryOp)


@dataclass(frozen=True)
class Mutant:
    """One change: in which file, function and line, what stood there, what stands there now, and the whole new text.

    ``function`` is empty for what runs when the module is loaded.
    """

    path: str
    function: str
    line: int
    column: int
    before: str
    after: str
    source: str


def mutants(path: str, source: str) -> Iterator[Mutant]:
    """Yield every change of one module, in the order of its lines."""
    content = source.encode()
    starts = [0]
    for line in content.splitlines(keepends=True):
        starts.append(starts[-1] + len(line))
    tree = ast.parse(source)
    functions = dict(_functions(tree, ""))
    found = []
    for node, other in _changes(tree):
        start = starts[node.lineno - 1] + node.col_offset
        end = starts[(node.end_lineno or node.lineno) - 1] + (node.end_col_offset or 0)
        after = ast.unparse(other)
        # A part of an expression keeps its place among stronger operators.
        text = (
            f"({after})" if isinstance(other, ast.expr) and not isinstance(other, (ast.Constant, ast.Name)) else after
        )
        changed = (content[:start] + text.encode() + content[end:]).decode()
        found.append(
            Mutant(
                path, functions.get(node.lineno, ""), node.lineno, node.col_offset, ast.unparse(node), after, changed
            )
        )
    yield from sorted(found, key=lambda each: (each.line, each.column, each.after))


def _functions(node: ast.AST, prefix: str) -> Iterator[tuple[int, str]]:
    """Yield each line inside the body of a function or method, and the name of that function."""
    for child in ast.iter_child_nodes(node):
        if isinstance(child, ast.ClassDef):
            yield from _functions(child, f"{prefix}{child.name}.")
        elif isinstance(child, ast.FunctionDef):
            for line in range(child.body[0].lineno, (child.end_lineno or child.lineno) + 1):
                yield line, prefix + child.name


def _changes(node: ast.AST) -> Iterator[tuple[ast.expr | ast.stmt, ast.AST]]:
    """Yield what could be replaced, and by what; annotations, decorators and messages stay as they are."""
    if isinstance(node, (ast.expr, ast.stmt)):
        for other in _others(node):
            yield node, other
    for name, value in ast.iter_fields(node):
        if name in ("annotation", "returns", "decorator_list"):
            continue
        for child in value if isinstance(value, list) else [value]:
            if name in ("test", "ifs") and not isinstance(child, HAVE_THEIR_OWN):
                yield child, ast.UnaryOp(ast.Not(), child)
            if isinstance(child, ast.AST) and not _is_left_alone(child):
                yield from _changes(child)


def _is_left_alone(node: ast.AST) -> bool:
    if isinstance(node, ast.JoinedStr):
        return True
    if isinstance(node, ast.keyword):
        return node.arg in NOT_MEANT
    return isinstance(node, ast.Call) and isinstance(node.func, ast.Name) and node.func.id in MESSAGES


def _others(node: ast.expr | ast.stmt) -> Iterator[ast.AST]:
    match node:
        case ast.Compare(ops=ops):
            for place, operator in enumerate(ops):
                for opposite in COMPARISONS[type(operator)]:
                    yield _with(node, ops=[*ops[:place], opposite(), *ops[place + 1 :]])
        case ast.BinOp(op=operator) | ast.AugAssign(op=operator) if type(operator) in ARITHMETIC:
            yield _with(node, op=ARITHMETIC[type(operator)]())
        case ast.BoolOp(op=operator):
            yield _with(node, op=ast.And() if isinstance(operator, ast.Or) else ast.Or())
        case ast.UnaryOp(op=ast.Not() | ast.USub(), operand=operand):
            yield operand
        case ast.Constant(value=bool() as value):
            yield ast.Constant(not value)
        case ast.Constant(value=int() as value):
            yield ast.Constant(value + 1)
        case ast.Name(id=name) if name in OPPOSITES:
            yield ast.Name(OPPOSITES[name])
        case ast.Attribute(attr=name) if name in OPPOSITES:
            yield _with(node, attr=OPPOSITES[name])
        case ast.stmt():
            yield from _other_statements(node)


def _other_statements(node: ast.stmt) -> Iterator[ast.AST]:
    match node:
        case ast.Return(value=value) if value is not None and not _is_none(value):
            yield ast.Return(ast.Constant(None))
        case ast.Continue():
            yield ast.Break()
        case ast.Break():
            yield ast.Continue()
        case ast.Raise() | ast.Expr(value=ast.Call() | ast.Yield() | ast.YieldFrom()):
            yield ast.Pass()


def _is_none(node: ast.expr) -> bool:
    return isinstance(node, ast.Constant) and node.value is None


def _with(node: ast.AST, **fields: object) -> ast.AST:
    other = copy(node)
    for name, value in fields.items():
        setattr(other, name, value)
    return other
