"""Verander één ding in één module op het moment dat Python haar laadt; een plug-in van pytest.

BEWIJS_MUTANT="adviezen.standpunten:17" is de zeventiende verandering van die module. Op de schijf verandert er niets.
"""

import ast
import importlib.machinery
import os
import sys
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any

VERGELIJK: dict[type[ast.cmpop], type[ast.cmpop]] = {
    ast.Lt: ast.LtE, ast.LtE: ast.Lt, ast.Gt: ast.GtE, ast.GtE: ast.Gt, ast.Eq: ast.NotEq, ast.NotEq: ast.Eq,
    ast.In: ast.NotIn, ast.NotIn: ast.In, ast.Is: ast.IsNot, ast.IsNot: ast.Is,
}  # fmt: skip
REKEN: dict[type[ast.operator], type[ast.operator]] = {ast.Add: ast.Sub, ast.Sub: ast.Add, ast.BitOr: ast.BitAnd}
Daad = Callable[[], None]


def veranderingen(boom: ast.Module) -> Iterator[tuple[int, str, Daad]]:
    """Geef elke verandering als (regel, wat, doe); `doe` verandert de boom zelf."""
    for ouder in _buitenste(boom):
        for knoop in (k for deel in _lijf(ouder) for k in ast.walk(deel)):
            yield from _in_een_knoop(knoop)
        if isinstance(ouder, ast.FunctionDef):
            yield from _zinnen(ouder)


def _buitenste(knoop: ast.AST) -> Iterator[ast.FunctionDef | ast.Lambda]:
    """Geef elke functie die niet in een andere staat; wat een module zelf vastlegt (namen, grenzen) blijft heel."""
    for kind in ast.iter_child_nodes(knoop):
        if isinstance(kind, ast.FunctionDef | ast.Lambda):
            yield kind
        else:
            yield from _buitenste(kind)


def _lijf(functie: ast.FunctionDef | ast.Lambda) -> list[ast.stmt] | list[ast.expr]:
    return functie.body if isinstance(functie, ast.FunctionDef) else [functie.body]


def _in_een_knoop(knoop: ast.AST) -> Iterator[tuple[int, str, Daad]]:
    match knoop:
        case ast.Compare(ops=[op], lineno=regel) if type(op) in VERGELIJK:
            nieuw = VERGELIJK[type(op)]()
            yield regel, f"{type(op).__name__} wordt {type(nieuw).__name__}", lambda: knoop.ops.__setitem__(0, nieuw)
        case ast.BoolOp(op=op, lineno=regel):
            ander = ast.Or() if isinstance(op, ast.And) else ast.And()
            yield regel, "en wordt of, of andersom", lambda: setattr(knoop, "op", ander)
        case ast.UnaryOp(op=ast.Not(), lineno=regel):
            yield (
                regel,
                "niet valt weg",
                lambda: _vervang(knoop, ast.Call(ast.Name("bool", ast.Load()), [knoop.operand], [])),
            )
        case ast.BinOp(op=op, lineno=regel) if type(op) in REKEN:
            yield regel, f"{type(op).__name__} andersom", lambda: setattr(knoop, "op", REKEN[type(op)]())
        case ast.Constant(value=bool(waarde), lineno=regel):
            yield regel, f"{waarde} wordt {not waarde}", lambda: setattr(knoop, "value", not waarde)
        case ast.Constant(value=int(waarde), lineno=regel):
            yield regel, f"{waarde} wordt {waarde + 1}", lambda: setattr(knoop, "value", waarde + 1)
        case ast.If(test=vraag, lineno=regel) if not isinstance(vraag, ast.Constant | ast.Compare | ast.UnaryOp):
            yield regel, "een vraag is altijd waar", lambda: setattr(knoop, "test", ast.Constant(True))
            yield regel, "een vraag is nooit waar", lambda: setattr(knoop, "test", ast.Constant(False))


def _vervang(knoop: ast.AST, nieuw: ast.AST) -> None:
    knoop.__class__ = nieuw.__class__
    knoop.__dict__.update({**nieuw.__dict__, "lineno": knoop.__dict__["lineno"]})


def _zinnen(functie: ast.FunctionDef) -> Iterator[tuple[int, str, Daad]]:
    """Een zin die om zijn gevolg bestaat valt weg, en een antwoord wordt None."""
    for blok in (getattr(k, naam, None) for k in ast.walk(functie) for naam in ("body", "orelse")):
        if not isinstance(blok, list):
            continue
        for plek, zin in enumerate(blok):
            match zin:
                case ast.Expr(value=ast.Call(), lineno=regel) | ast.Raise(lineno=regel) | ast.AugAssign(lineno=regel):
                    if "logger" not in ast.unparse(zin):
                        wat = f"weg: {ast.unparse(zin)[:50]}"
                        yield regel, wat, lambda b=blok, p=plek: b.__setitem__(p, ast.Pass())  # type: ignore[misc]
                case ast.Return(value=ast.expr() as antwoord, lineno=regel):
                    if not (isinstance(antwoord, ast.Constant) and antwoord.value is None):
                        yield regel, "geeft niets", lambda z=zin: setattr(z, "value", ast.Constant(None))  # type: ignore[misc]


def alle(pad: Path) -> list[tuple[int, str]]:
    """Geef elke verandering van een bestand als (regel, wat), op volgorde van haar nummer."""
    return [(regel, wat) for regel, wat, _ in veranderingen(ast.parse(pad.read_text(encoding="utf-8")))]


class Lader(importlib.machinery.SourceFileLoader):
    """Laadt de module met haar verandering, buiten elk bewaard bytecodebestand om."""

    nummer = 0

    def get_code(self, fullname: str) -> Any:
        boom = ast.parse(self.get_data(self.path))
        _, _, doe = list(veranderingen(boom))[self.nummer]
        doe()
        return compile(ast.fix_missing_locations(boom), self.path, "exec", dont_inherit=True)


class Zoeker:
    """Vindt de ene module die verandert; de rest gaat zoals altijd."""

    def __init__(self, naam: str, nummer: int) -> None:
        self.naam, self.nummer = naam, nummer

    def find_spec(self, naam: str, pad: Any = None, doel: Any = None) -> Any:
        spec = importlib.machinery.PathFinder.find_spec(naam, pad) if naam == self.naam else None
        if spec is not None and spec.origin:
            lader = Lader(naam, spec.origin)
            lader.nummer = self.nummer
            spec.loader = lader
        return spec


if doelwit := os.environ.get("BEWIJS_MUTANT"):
    module, _, rang = doelwit.partition(":")
    assert module not in sys.modules, f"{module} was al geladen"
    sys.meta_path.insert(0, Zoeker(module, int(rang)))
