"""Two pictures by their pixels: the same, saved anew, made larger or smaller, or differing, and where."""

import io
from collections.abc import Mapping

import numpy as np
from PIL import Image, ImageChops, ImageFilter

from evidence.checking.differences import Compared, Difference

RATIO = 0.015  # how far the shapes of two sizes of one picture may be apart: whole pixels only
NOISE = 28  # of 255: by up to 26 a patch differs in a picture that was made smaller, larger or a JPEG, by 32 and more where a digit is another
PAPER = 250  # of 255, from which on a pixel is the white of the paper
GLANCE = 200  # pixels that a picture is wide when it is only looked at
LOSSLESS = frozenset({"PNG", "GIF", "BMP", "TIFF"})
MOST = 60_000_000  # pixels
_FILTERS = (Image.Resampling.LANCZOS, Image.Resampling.BILINEAR, Image.Resampling.NEAREST)  # by one of which another program made it smaller


def several(published: Mapping[str, bytes], found: Mapping[str, bytes]) -> Compared:
    """The pictures of two files, each by its place in them."""
    differing, sure = [], True
    for place, one in found.items():
        compared = pixels(published[place], one) if place in published else None
        differing += [Difference(f"{place} {part.place}") for part in compared.found] if compared else [Difference(place)]
        sure = sure and (compared is None or compared.sure)
    return Compared(differing + [Difference(place) for place in published if place not in found], sure=sure)


def pixels(published: bytes, found: bytes) -> Compared | None:
    """The part of the picture that differs; None where it has another shape, so that it was cut or is another picture.

    In another size, or in a form that loses something, a small change cannot be ruled out: at half the size a digit of small print.
    """
    form, old, new = Image.open(io.BytesIO(found)).format, *_of_one_shape(published, found)
    if old is None or new is None:
        return None
    sure = old.size == new.size and form in LOSSLESS
    small = min(old.size, new.size)
    filters = _FILTERS[: 1 if old.size == new.size else None]
    tried = [(_sized(old, small, how), _sized(new, small, how)) for how in filters]
    differing = min((_exactly(*pair) if sure else _roughly(*pair) for pair in tried), key=np.count_nonzero)
    return Compared(_boxes(differing), _share(differing, *tried[0]), sure)


def glance(published: bytes, found: bytes) -> float:
    """The share of a small copy of two pictures in which they differ: 1 where they have another shape."""
    old, new = _of_one_shape(published, found)
    if old is None or new is None:
        return 1.0
    small = [_sized(one, (GLANCE, max(1, GLANCE * old.height // old.width)), Image.Resampling.BOX) for one in (old, new)]
    return _share(_roughly(*small), *small)


def _of_one_shape(published: bytes, found: bytes) -> tuple[Image.Image | None, Image.Image | None]:
    (wide, high), (wider, higher) = sizes = [Image.open(io.BytesIO(raw)).size for raw in (published, found)]
    apart = abs(wide * higher / (high * wider) - 1)
    if apart > max(RATIO, 1 / min(min(size) for size in sizes)):
        return None, None
    return opened(published), opened(found)


def opened(raw: bytes) -> Image.Image:
    """The picture on white paper.

    Raises:
        OSError: what is no picture, or one that is too large.
    """
    picture = Image.open(io.BytesIO(raw))
    if picture.width * picture.height > MOST:
        raise OSError(f"{picture.width} × {picture.height} px")
    seen = picture.convert("RGBA")
    return Image.alpha_composite(Image.new("RGBA", seen.size, "white"), seen).convert("RGB")


def _sized(picture: Image.Image, size: tuple[int, int], how: Image.Resampling) -> Image.Image:
    return picture if picture.size == size else picture.resize(size, how)


def _exactly(old: Image.Image, new: Image.Image) -> np.ndarray:
    return np.asarray(ImageChops.difference(old, new)).max(axis=2) > 0


def _roughly(old: Image.Image, new: Image.Image) -> np.ndarray:
    """Where small patches differ in lightness, or larger ones in colour, of which a JPEG keeps less."""
    light = [one.convert("L").filter(ImageFilter.BoxBlur(1)) for one in (old, new)]
    colour = [one.filter(ImageFilter.BoxBlur(4)) for one in (old, new)]
    return (np.asarray(ImageChops.difference(*light)) > NOISE) | (np.asarray(ImageChops.difference(*colour)).max(axis=2) > NOISE)


def _share(differing: np.ndarray, old: Image.Image, new: Image.Image) -> float:
    """How much of what is not white paper differs."""
    inked = (np.asarray(old).min(axis=2) < PAPER) | (np.asarray(new).min(axis=2) < PAPER)
    return min(1.0, int(differing.sum()) / max(1, int(inked.sum())))


def _boxes(differing: np.ndarray) -> list[Difference]:
    """The corners of the part in which pixels differ."""
    if not differing.any():
        return []
    rows, columns = (np.flatnonzero(differing.any(axis=axis)) for axis in (1, 0))
    return [Difference(f"{columns[0]},{rows[0]}–{columns[-1]},{rows[-1]} px")]
