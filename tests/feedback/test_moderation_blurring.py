"""What lies under a box is gone: not its letters, not its blocks, not with the other box's help."""

from __future__ import annotations

import io
from collections.abc import Sequence
from itertools import pairwise

import pytest
from PIL import Image, ImageChops, ImageStat

from feedback.cases.blurring import BOXES_LIMIT, BadBoxes, blur, blurred_picture, clean_boxes
from tests.factories.case_files import PLATE, SIZE, street_webp

pytestmark = pytest.mark.anywhere


def _image(plate: str = "75A-123.45") -> Image.Image:
    return Image.open(io.BytesIO(street_webp(plate))).convert("RGB")


def _part(image: Image.Image) -> Image.Image:
    left, top, width, height = PLATE
    across, down = image.width / 1000, image.height / 1000
    return image.crop(
        (int(left * across), int(top * down), int((left + width) * across), int((top + height) * down))
    )  # fmt: skip


def _roughness(image: Image.Image) -> float:
    """How much neighbours differ: letters have edges, a blur has none."""
    grey = image.convert("L")
    shifted = ImageChops.offset(grey, 1, 0)
    edges = ImageChops.difference(grey, shifted).crop((1, 0, *grey.size))
    return float(ImageStat.Stat(edges).mean[0])


def test_the_letters_are_gone_and_the_rest_is_as_it_was() -> None:
    before = _image()
    after = blur(before, [PLATE])
    assert _roughness(_part(before)) > 5
    assert _roughness(_part(after)) < 0.7
    outside = (0, 0, SIZE[0], SIZE[1] * PLATE[1] // 1000)
    assert after.crop(outside).tobytes() == before.crop(outside).tobytes()


def test_what_is_left_is_a_handful_of_shaken_colours() -> None:
    part = _part(blur(_image(), [PLATE]))
    # Five cells across, two down at most: nothing finer than a fifth of the box is left.
    row = [part.convert("L").getpixel((across, part.height // 2)) for across in range(part.width)]
    turns = sum(
        (second - first) * (third - second) < 0  # type: ignore[operator]
        for first, second, third in zip(row[::8], row[8::8], row[16::8], strict=False)
    )
    assert turns <= 8


def test_the_same_plate_twice_gives_two_pictures() -> None:
    """Chance is part of it: trying all plates and comparing what comes out leads nowhere."""
    first, second = (_part(blur(_image(), [PLATE])) for _turn in range(2))
    own = ImageStat.Stat(ImageChops.difference(first, second)).mean[0]
    assert own > 1
    means = [ImageStat.Stat(_part(blur(_image(plate), [PLATE]))).mean[0] for plate in ("75A-123.45", "75A-123.46") * 4]
    gap = abs(sum(means[::2]) - sum(means[1::2])) / 4
    assert gap < max(means) - min(means), "two plates differ less than one plate from itself"


def test_nothing_hangs_at_the_public_file() -> None:
    exif = Image.Exif()
    exif[0x010F] = "MayAnhBiMat"
    buffer = io.BytesIO()
    _image().save(buffer, "WEBP", exif=exif, icc_profile=b"profile-of-a-camera")
    buffer.seek(0)
    made = blurred_picture(buffer, [PLATE])
    for data in (made.large, made.small):
        assert b"MayAnhBiMat" not in data
        assert b"profile-of-a-camera" not in data
        assert Image.open(io.BytesIO(data)).format == "WEBP"
    assert Image.open(io.BytesIO(made.small)).width == 640


def test_boxes_at_the_edges_and_of_a_hair() -> None:
    whole = blur(_image(), [(0, 0, 1000, 1000)])
    assert _roughness(whole) < 0.7
    hair = blur(_image(), [(0, 0, 5, 1000), (995, 0, 5, 1000), (0, 995, 1000, 5)])
    assert hair.size == SIZE
    tiny = Image.new("RGB", (3, 2), (250, 250, 250))
    assert blur(tiny, [(0, 0, 5, 5), (990, 990, 10, 10)]).size == (3, 2)


def test_overlapping_boxes_bring_nothing_back() -> None:
    steps = [blur(_image(), [PLATE] * times) for times in (1, 2, 5)]
    roughness = [_roughness(_part(image)) for image in steps]
    assert all(value < 0.7 for value in roughness)
    assert all(first.tobytes() != second.tobytes() for first, second in pairwise(steps))


@pytest.mark.parametrize(
    "raw",
    [
        [(-1, 0, 10, 10)], [(0, 0, 1001, 10)], [(995, 0, 10, 10)], [(0, 990, 10, 11)], [(0, 0, 0, 10)], [(0, 0, 10, 4)],
        [(0, 0, 10)], [("a", 0, 10, 10)], [(None, 0, 10, 10)], [5], [(0, 0, 10, 10)] * (BOXES_LIMIT + 1),
        [(float("inf"), 0, 1, 1)], [(float("nan"), 0, 10, 10)],
    ],
)  # fmt: skip
def test_boxes_out_of_range_are_refused(raw: Sequence[Sequence[object]]) -> None:
    with pytest.raises(BadBoxes):
        clean_boxes(raw)


def test_good_boxes_pass() -> None:
    assert clean_boxes([(0, 0, 1000, 1000), ("10", 20.0, 30, 40)]) == [(0, 0, 1000, 1000), (10, 20, 30, 40)]
