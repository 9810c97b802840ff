"""Verander één ding in één module die al geladen is: de functies krijgen andere code, en elke aanroeper merkt het.

Op de schijf verandert er niets. Wat een module bij het laden zelf uitrekent (namen, grenzen) blijft heel.
"""

import ast
import gc
from collections.abc import Callable, Iterator
from pathlib import Path
from types import CodeType, FunctionType

VERGELIJK: dict[type[ast.cmpop], type[ast.cmpop]] = {
    ast.Lt: ast.LtE, ast.LtE: ast.Lt, ast.Gt: ast.GtE, ast.GtE: ast.Gt, ast.Eq: ast.NotEq, ast.NotEq: ast.Eq,
    ast.In: ast.NotIn, ast.NotIn: ast.In, ast.Is: ast.IsNot, ast.IsNot: ast.Is,
}  # fmt: skip
REKEN: dict[type[ast.operator], type[ast.operator]] = {
    ast.Add: ast.Sub,
    ast.Sub: ast.Add,
    ast.BitOr: ast.BitAnd,
    ast.BitAnd: ast.BitOr,
}
Daad = Callable[[], None]


def veranderingen(boom: ast.Module) -> Iterator[tuple[int, str, Daad]]:
    """Geef elke verandering als (regel, wat, doe); `doe` verandert de boom zelf."""
    for ouder in _buitenste(boom):
        for knoop in (k for deel in _lijf(ouder) for k in _wandel(deel)):
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


def _wandel(knoop: ast.AST) -> Iterator[ast.AST]:
    """Geef de knopen zoals ast.walk, zonder typen: die rekent Python in een functie nooit uit."""
    rij = [knoop]
    for nu in rij:
        yield nu
        for veld, waarde in ast.iter_fields(nu):
            if veld not in ("annotation", "returns"):
                rij += [k for k in (waarde if isinstance(waarde, list) else [waarde]) if isinstance(k, ast.AST)]


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
        case ast.UnaryOp(op=ast.Invert(), lineno=regel):
            yield regel, "behalve valt weg", lambda: _vervang(knoop, knoop.operand)
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
                    # Niets is even onwaar als False; die wordt elders al True.
                    if not (isinstance(antwoord, ast.Constant) and antwoord.value in (None, False)):
                        yield regel, "geeft niets", lambda z=zin: setattr(z, "value", ast.Constant(None))  # type: ignore[misc]


def alle(bron: str) -> list[tuple[int, str]]:
    """Geef elke verandering van een bestand als (regel, wat), op volgorde van haar nummer."""
    return [(regel, wat) for regel, wat, _ in veranderingen(ast.parse(bron))]


def bereik(boom: ast.Module, plek: int) -> range:
    """Geef de regels van de zin waar regel `plek` in staat; van een blok alleen de kop. Wie haar mist, merkt niets."""
    uit = range(plek, plek + 1)
    for zin in ast.walk(boom):
        if isinstance(zin, ast.stmt) and zin.lineno <= plek <= (zin.end_lineno or zin.lineno):
            lijf = getattr(zin, "body", None)
            einde = lijf[0].lineno if isinstance(lijf, list) else (zin.end_lineno or zin.lineno) + 1
            if plek < max(einde, zin.lineno + 1):
                uit = range(zin.lineno, max(einde, zin.lineno + 1))
    return uit


def functies_van(pad: Path) -> list[FunctionType]:
    """Geef elke functie die er nu is en uit dit bestand komt, ook die in een ander zit ingepakt."""
    gc.unfreeze()  # tests/conftest.py legt weg wat tot het eind blijft
    alles = gc.get_objects()
    gc.freeze()
    # Met `type`: naar de klasse vragen maakt een lui object (request.user) wakker.
    functies: list[FunctionType] = [f for f in alles if type(f) is FunctionType]
    return [f for f in functies if f.__code__.co_filename == str(pad)]


def wissel(bron: str, nummer: int, functies: list[FunctionType]) -> None:
    """Doe verandering `nummer` van deze broncode in de functies die eruit komen.

    Werpt LookupError als er geen haar code verliest: dan zou niets de verandering kunnen merken.
    """
    boom = ast.parse(bron)
    _, _, doe = list(veranderingen(boom))[nummer]
    doe()
    oud = dict(_codes(compile(bron, "<bron>", "exec", dont_inherit=True)))
    nieuw = dict(_codes(compile(ast.fix_missing_locations(boom), "<bron>", "exec", dont_inherit=True)))
    anders = [(code, nieuw[naam]) for naam, code in oud.items() if naam in nieuw and nieuw[naam] != code]
    gewisseld = 0
    for functie in functies:
        ander = next((ander for code, ander in anders if functie.__code__ == code), None)
        if ander is not None:
            vrij = functie.__code__.co_freevars  # super() leest __class__; wie haar niet meer leest, houdt haar plaats
            functie.__code__ = ander if ander.co_freevars else ander.replace(co_freevars=vrij)
            gewisseld += 1
    if not gewisseld:
        raise LookupError(f"verandering {nummer} raakt geen functie")


def _codes(code: CodeType) -> Iterator[tuple[tuple[str, int, int], CodeType]]:
    """Geef elke functie van een module onder haar naam, regel en volgnummer (twee lambda's op één regel)."""
    rij, geteld = [code], dict[tuple[str, int], int]()
    while rij:
        for deel in rij.pop().co_consts:
            if isinstance(deel, CodeType):
                plaats = (deel.co_qualname, deel.co_firstlineno)
                geteld[plaats] = geteld.get(plaats, -1) + 1
                yield (*plaats, geteld[plaats]), deel
                rij.append(deel)
