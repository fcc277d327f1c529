"""PDQ agrees with the reference on the same brightness, whichever way the picture is turned, and breaks on nothing."""

from __future__ import annotations

import contextlib
import hashlib
import io
import json
import struct
import zlib
from typing import TYPE_CHECKING, Any

import numpy as np
import pytest
import skimage.data
from hypothesis import given, settings
from hypothesis import strategies as st
from PIL import Image
from tests.shared_data import folder

from fanal.matching import Hash, NotComparable, Unreadable, of_image, of_image_orientations, of_luma, orientations
from fanal.matching import pictures as pictures_module

if TYPE_CHECKING:
    from collections.abc import Callable

    from numpy.typing import NDArray

SAMPLES = (
    "astronaut", "camera", "cat", "coffee", "coins", "page", "text", "rocket", "moon", "clock", "horse", "brick",
    "grass", "gravel", "logo", "colorwheel", "microaneurysms", "cell", "hubble_deep_field", "immunohistochemistry",
    "retina",
)  # fmt: skip
TURNS = (
    None,
    Image.Transpose.FLIP_LEFT_RIGHT,
    Image.Transpose.ROTATE_180,
    Image.Transpose.FLIP_TOP_BOTTOM,
    Image.Transpose.TRANSPOSE,
    Image.Transpose.ROTATE_270,
    Image.Transpose.TRANSVERSE,
    Image.Transpose.ROTATE_90,
)  # how a viewer turns a picture whose orientation tag is 1, 2, … 8


def sample(name: str) -> Image.Image:
    points = np.asarray(getattr(skimage.data, name)())
    if points.dtype == bool:
        points = points.astype(np.uint8) * 255
    return Image.fromarray(points[..., :3] if points.ndim == 3 else points)


def luma(name: str) -> NDArray[np.uint8]:
    return np.asarray(sample(name).convert("L"))


def distance(one: Hash | str, other: Hash | str) -> int:
    numbers = [int(side if isinstance(side, str) else side.hex, 16) for side in (one, other)]
    return (numbers[0] ^ numbers[1]).bit_count()


def encoded(picture: Image.Image, form: str, **options: Any) -> bytes:
    file = io.BytesIO()
    picture.save(file, form, **options)
    return file.getvalue()


def weighed(colours: NDArray[np.uint8]) -> NDArray[np.float32]:
    """Weigh colours as the reference's Python binding does: in double precision, kept in single."""
    planes = colours.astype(np.float64)
    return (planes[..., 0] * 0.299 + planes[..., 1] * 0.587 + planes[..., 2] * 0.114).astype(np.float32)


def vectors() -> dict[str, Any]:
    found: dict[str, Any] = json.loads((folder("url").parent / "pdq_vectors.json").read_text(encoding="utf-8"))
    return found


def test_pictures_that_ship_with_scikit_image_hash_as_by_the_reference() -> None:
    compared = 0
    for vector in vectors()["scikit_image_vectors"]:
        name = vector["name"].removeprefix("skimage.data.").removesuffix("()")
        points = np.asarray(getattr(skimage.data, name)())
        colours = points[..., :3] if points.ndim == 3 else np.stack([points] * 3, axis=-1)
        if hashlib.sha256(np.ascontiguousarray(colours).tobytes()).hexdigest() == vector["pixels_sha256"]:
            hashed = of_luma(weighed(colours))
            assert (hashed.hex, hashed.quality) == (vector["pdqhash_full"], vector["quality"]), name
            compared += 1
    assert compared >= 15


FORMULAS: dict[str, Callable[[Any, Any], Any]] = {
    "quad": lambda x, y: [((3 * x * x + 5 * y * y + 7 * x * y) // 97) % 256] * 3,
    "ramp": lambda x, y: [(7 * x + 13 * y) % 256, (3 * x * y // 16) % 256, (x * x // 8 + y) % 256],
}


def test_made_up_pictures_hash_as_by_the_reference() -> None:
    made = vectors()["synthetic_pixel_vectors"]
    assert len(made) == 8
    for vector in made:
        y, x = np.mgrid[: vector["shape"][0], : vector["shape"][1]]
        colours = np.stack(FORMULAS[vector["name"].split("_")[0]](x, y), axis=-1).astype(np.uint8)
        assert hashlib.sha256(colours.tobytes()).hexdigest() == vector["sha256"]
        hashed = of_luma(weighed(colours))
        assert (hashed.hex, hashed.quality) == (vector["hash"], vector["quality"]), vector["name"]


@pytest.mark.parametrize("name", SAMPLES)
def test_each_of_the_eight_orientations_is_the_hash_of_the_turned_picture(name: str) -> None:
    plane = luma(name)
    ways = orientations(plane)
    assert ways[0] == of_luma(plane)
    for way, turn in zip(ways, TURNS, strict=True):
        turned = Image.fromarray(plane) if turn is None else Image.fromarray(plane).transpose(turn)
        assert of_luma(np.asarray(turned)) == way


@settings(max_examples=60, deadline=None)
@given(st.integers(5, 200), st.integers(5, 200), st.integers(0, 2**32))
def test_orientations_of_any_plane(height: int, width: int, seed: int) -> None:
    plane = np.random.default_rng(seed).integers(0, 256, (height, width), np.uint8)
    for way, turn in zip(orientations(plane), TURNS, strict=True):
        turned = Image.fromarray(plane) if turn is None else Image.fromarray(plane).transpose(turn)
        assert distance(of_luma(np.asarray(turned)), way) <= (2 if min(height, width) < 64 else 0)


@pytest.mark.parametrize("name", ["astronaut", "coffee", "rocket", "retina"])
@pytest.mark.parametrize("tag", range(1, 9))
def test_a_phone_s_photo_is_found_whether_its_tag_was_applied_or_not(name: str, tag: int) -> None:
    upright = of_image(encoded(sample(name), "JPEG", quality=95))
    back = {6: 8, 8: 6}.get(tag, tag)
    turn = TURNS[back - 1]
    stored = sample(name) if turn is None else sample(name).transpose(turn)
    exif = Image.Exif()
    exif[0x0112] = tag
    ways = of_image_orientations(encoded(stored, "JPEG", quality=95, exif=exif))
    assert distance(ways[tag - 1], upright) <= 10
    assert min(distance(way, upright) for way in ways) <= 10


@pytest.mark.parametrize("name", ["astronaut", "coffee", "camera"])
@pytest.mark.parametrize("more", [{"quality": 5}, {"quality": 90, "subsampling": 0}, {"progressive": True}, {}])
def test_a_small_jpeg_has_the_same_points_by_the_short_way(name: str, more: dict[str, Any]) -> None:
    stored = encoded(sample(name).resize((509, 311)), "JPEG", **more)
    assert np.array_equal(
        pictures_module.brightness(stored), pictures_module.brightness(io.BytesIO(stored))
    )  # a stream goes the long way


def test_a_small_jpeg_that_is_cut_short_or_stored_oddly_goes_the_long_way() -> None:
    stored = encoded(sample("coffee").resize((300, 200)), "JPEG")
    for broken in (stored[: len(stored) // 2], stored[:40], stored[:2]):
        with pytest.raises(Unreadable):
            pictures_module.brightness(broken)
    inks = encoded(sample("coffee").resize((300, 200)).convert("CMYK"), "JPEG")
    assert np.array_equal(pictures_module.brightness(inks), pictures_module.brightness(io.BytesIO(inks)))


@pytest.mark.parametrize("mode", ["1", "L", "LA", "P", "PA", "RGB", "RGBA", "CMYK", "YCbCr", "I;16"])
@pytest.mark.parametrize("form", ["PNG", "JPEG", "TIFF", "GIF", "BMP"])
def test_every_way_to_store_a_picture(mode: str, form: str) -> None:
    source = sample("coffee")
    if mode == "I;16":
        picture = Image.fromarray(np.asarray(source.convert("L")).astype(np.uint16) << 8)
    else:
        picture = (source.convert("RGBA").convert("P") if mode == "PA" else source).convert(mode)
    try:
        stored = encoded(picture, form)
    except (OSError, KeyError, ValueError):
        return  # this format has no such mode
    if (mode, form) == ("I;16", "GIF"):
        return  # Pillow cuts it to black and white there
    hashed = of_image(stored)
    assert distance(hashed, of_image(encoded(source, "PNG"))) <= (40 if mode == "1" else 10)
    assert hashed.quality >= 80


def test_only_the_first_frame_counts_and_transparency_does_not() -> None:
    first, second = sample("coffee"), sample("coffee").transpose(Image.Transpose.ROTATE_180)
    alone = of_image(encoded(first.convert("P"), "GIF"))
    assert of_image(encoded(first.convert("P"), "GIF", save_all=True, append_images=[second.convert("P")])) == alone
    clear = first.convert("RGBA")
    clear.putalpha(0)
    assert of_image(encoded(clear, "PNG")) == of_image(encoded(first, "PNG"))


@pytest.mark.parametrize("scale", [1.3, 2.0, 4.7])
@pytest.mark.parametrize("name", ["astronaut", "coffee", "rocket", "immunohistochemistry"])
def test_a_large_jpeg_hashes_near_the_reference_s_way(name: str, scale: float) -> None:
    """The reference decodes at full size, takes the nearest of 512 × 512 points, and hashes."""
    picture = sample(name)
    large = picture.resize((round(picture.width * scale), round(picture.height * scale)), Image.Resampling.BICUBIC)
    stored = encoded(large, "JPEG", quality=90)
    points = np.asarray(Image.open(io.BytesIO(stored)).convert("RGB"))
    height, width = points.shape[:2]
    if max(height, width) > 512:
        points = points[np.arange(512) * height // 512][:, np.arange(512) * width // 512]
    assert distance(of_image(stored), of_luma(weighed(points))) <= 8


def test_the_decoder_never_scales_below_512() -> None:
    stored = encoded(sample("astronaut").resize((2100, 1300)), "JPEG")
    with Image.open(io.BytesIO(stored)) as opened:
        opened.draft("L", (pictures_module.SIDE, pictures_module.SIDE))
        assert min(opened.size) >= 512
    assert pictures_module.brightness(stored).shape == (512, 512)


def test_a_stream_is_read_like_bytes_and_left_open() -> None:
    stored = encoded(sample("coffee"), "PNG")
    stream = io.BytesIO(stored)
    assert of_image(stream) == of_image(stored)
    assert not stream.closed


@pytest.mark.parametrize("form", ["JPEG", "PNG", "GIF", "TIFF", "BMP", "WEBP"])
def test_a_file_cut_anywhere_is_refused_in_our_own_words(form: str) -> None:
    whole = encoded(sample("rocket"), form)
    for cut in (0, 1, 3, 10, 50, len(whole) // 3, len(whole) // 2):
        with pytest.raises(Unreadable) as refused:
            of_image(whole[:cut])
        assert str(refused.value) == "image.unreadable"
        assert refused.value.__cause__ is None


@settings(max_examples=80, deadline=None)
@given(st.sampled_from(["JPEG", "PNG", "GIF", "TIFF", "WEBP"]), st.integers(0, 2**32))
def test_a_damaged_file_is_hashed_or_refused_and_nothing_else(form: str, seed: int) -> None:
    rng = np.random.default_rng(seed)
    stored = bytearray(encoded(sample("cat").resize((90, 60)), form))
    for spot in rng.integers(0, len(stored), 12):
        stored[spot] = rng.integers(0, 256)
    with contextlib.suppress(Unreadable):  # and no other error comes through
        assert 0 <= of_image(bytes(stored)).quality <= 100


def _png(width: int, height: int) -> bytes:
    """Make a PNG that only claims to be so large."""

    def chunk(kind: bytes, body: bytes) -> bytes:
        return struct.pack(">I", len(body)) + kind + body + struct.pack(">I", zlib.crc32(kind + body))

    head = struct.pack(">IIBBBBB", width, height, 8, 0, 0, 0, 0)
    return b"\x89PNG\r\n\x1a\n" + chunk(b"IHDR", head) + chunk(b"IDAT", zlib.compress(b"\0" * 64)) + chunk(b"IEND", b"")


@pytest.mark.parametrize("side", [9_500, 14_000, 65_000])
@pytest.mark.filterwarnings("ignore::PIL.Image.DecompressionBombWarning")
def test_a_picture_that_would_burst_memory_is_refused_unopened(side: int) -> None:
    with pytest.raises(Unreadable) as refused:
        of_image(_png(side, side))
    assert str(refused.value) == "image.too-large"


@pytest.mark.parametrize("content", [b"%!PS-Adobe-3.0 EPSF-3.0\n", b"%PDF-1.7", b"<svg/>", b"\0" * 999, b"8BPS\0\1"])
def test_other_kinds_of_file_are_refused(content: bytes) -> None:
    with pytest.raises(Unreadable):
        of_image(content)


@pytest.mark.parametrize("mode", ["I", "F"])
def test_points_without_an_agreed_brightness_are_refused(mode: str) -> None:
    with pytest.raises(Unreadable) as refused:
        of_image(encoded(sample("cat").convert("L").convert(mode), "TIFF"))
    assert str(refused.value) == "image.mode"


def test_planes_that_are_tiny_flat_or_none() -> None:
    assert of_luma(np.zeros((4, 900), np.uint8)) == Hash(bytes(32), 0)
    assert orientations(np.zeros((900, 4), np.uint8)) == (Hash(bytes(32), 0),) * 8
    assert of_luma(np.full((300, 200), 90, np.uint8)).quality == 0
    wrongs: list[Any] = [
        np.zeros((3, 3, 3), np.uint8),
        np.zeros(9, np.uint8),
        np.zeros((9, 9)),
        np.zeros((0, 9), np.uint8),
    ]
    for wrong in wrongs:
        with pytest.raises(NotComparable):
            of_luma(wrong)
        with pytest.raises(NotComparable):
            orientations(wrong)


def test_a_plane_is_read_however_it_lies_in_memory() -> None:
    plane = luma("coffee")
    wide = np.zeros((plane.shape[0], plane.shape[1] * 2), np.uint8)
    wide[:, ::2] = plane
    assert of_luma(wide[:, ::2]) == of_luma(plane) == of_luma(np.asfortranarray(plane))
