"""Single machine instructions that numba has no word for."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from llvmlite import ir
from numba import types
from numba.extending import intrinsic
from numba.np.arrayobj import make_array

if TYPE_CHECKING:
    from collections.abc import Callable

    from numpy.typing import NDArray

    from fanal.matching.compiling import U8, U16, Whole

    Made = tuple[Any, Callable[..., Any]]  # a type signature and the function that writes the instructions

LANES = 32  # 16-bit numbers looked at by one instruction; arrays given to `near` are padded by as many
I1, I8, I16, I32, I64 = (ir.IntType(width) for width in (1, 8, 16, 32, 64))
VECTOR = ir.VectorType(I16, LANES)


def _splat(builder: Any, number: Any) -> Any:  # noqa: ANN401 llvmlite has no types
    """Repeat one number in every lane."""
    alone = builder.insert_element(ir.Constant(VECTOR, ir.Undefined), number, ir.Constant(I32, 0))
    lanes = ir.Constant(ir.VectorType(I32, LANES), [0] * LANES)
    return builder.shuffle_vector(alone, ir.Constant(VECTOR, ir.Undefined), lanes)


def _at(context: Any, builder: Any, kind: Any, array: Any, place: Any) -> Any:  # noqa: ANN401
    """Point at an element."""
    return builder.gep(make_array(kind)(context, builder, array).data, [place])  # type: ignore[no-untyped-call]


@intrinsic
def _near(_typing: Any, array: Any, _place: Any, _key: Any, _most: Any) -> Made:  # noqa: ANN401
    def write(context: Any, builder: Any, signature: Any, given: Any) -> Any:  # noqa: ANN401
        pointer = _at(context, builder, signature.args[0], given[0], given[1])
        numbers = builder.load(builder.bitcast(pointer, VECTOR.as_pointer()), align=2, typ=VECTOR)
        name = "llvm.ctpop.v32i16"  # llvmlite's declare_intrinsic cannot name vectors
        count = builder.module.globals.get(name) or ir.Function(builder.module, ir.FunctionType(VECTOR, [VECTOR]), name)
        counted = builder.call(count, [builder.xor(numbers, _splat(builder, given[2]))])
        return builder.bitcast(builder.icmp_unsigned("<=", counted, _splat(builder, given[3])), I32)

    return types.uint32(array, types.intp, types.uint16, types.uint16), write


@intrinsic
def _prefetch(_typing: Any, array: Any, _place: Any) -> Made:  # noqa: ANN401
    def write(context: Any, builder: Any, signature: Any, given: Any) -> Any:  # noqa: ANN401
        pointer = builder.bitcast(_at(context, builder, signature.args[0], given[0], given[1]), I8.as_pointer())
        kind = ir.FunctionType(ir.VoidType(), [I8.as_pointer(), I32, I32, I32])
        fetch = builder.module.declare_intrinsic("llvm.prefetch", [I8.as_pointer()], kind)
        builder.call(fetch, [pointer, ir.Constant(I32, 0), ir.Constant(I32, 3), ir.Constant(I32, 1)])
        return context.get_dummy_value()

    return types.void(array, types.intp), write


@intrinsic
def _popcount(_typing: Any, number: Any) -> Made:  # noqa: ANN401
    def write(_context: Any, builder: Any, _signature: Any, given: Any) -> Any:  # noqa: ANN401
        return builder.ctpop(given[0])

    return number(number), write


@intrinsic
def _lowest(_typing: Any, _mask: Any) -> Made:  # noqa: ANN401
    def write(_context: Any, builder: Any, _signature: Any, given: Any) -> Any:  # noqa: ANN401
        return builder.cttz(given[0], ir.Constant(I1, 0))

    return types.uint32(types.uint32), write


@intrinsic
def _word_at(_typing: Any, array: Any, _place: Any) -> Made:  # noqa: ANN401
    def write(context: Any, builder: Any, signature: Any, given: Any) -> Any:  # noqa: ANN401
        pointer = _at(context, builder, signature.args[0], given[0], given[1])
        return builder.load(builder.bitcast(pointer, I64.as_pointer()), align=1, typ=I64)

    return types.uint64(array, types.intp), write


if TYPE_CHECKING:

    def near(array: U16, place: Whole, key: Whole, most: Whole) -> Whole:
        """Compare 32 numbers with a key: bit i is set where `array[place + i]` differs in `most` bits or fewer.

        LLVM makes of it one population count of a vector (AVX-512) or a few byte shuffles (AVX2, NEON).
        """

    def prefetch(array: NDArray[Any], place: Whole) -> None:
        """Bring the line of an element near, without waiting."""

    def popcount(number: Whole) -> Whole:
        """Count the bits that are set, in the number's own width."""

    def lowest(mask: Whole) -> Whole:
        """Give the place of the lowest bit that is set (32 where none is)."""

    def word_at(array: U8, place: Whole) -> Whole:
        """Read the eight bytes from a place on as one number, the first of them lowest; they need not be aligned."""

else:
    near, prefetch, popcount, lowest, word_at = _near, _prefetch, _popcount, _lowest, _word_at
