"""The characters and the rules of one PDF page, what a reader sees apart from what is hidden.

Everything that leans on pdfplumber's and pdfminer's insides is in this module and in `pdf_tables`.
"""

from __future__ import annotations

import math
import re
from collections import Counter
from dataclasses import dataclass
from typing import Any, NamedTuple

from pdfminer.layout import LTChar
from pdfminer.pdfinterp import PDFPageInterpreter
from pdfplumber.page import Page, PDFPageAggregatorWithMarkedContent

from indexer.text import strip_invisible

_BOLD_NAME = re.compile(r"bold|black|heavy|demi", re.IGNORECASE)
_FORCE_BOLD = 1 << 18
_BOLD_WEIGHT = 600
_HIDDEN_MODES = {3, 7}  # neither filled nor stroked; only added to the clipping path
_FILLED_AND_STROKED = 2  # how a word processor makes a bold letter of a font that has none
_SMALLEST_SIZE = 1.0
_WHITE = 0.98
_TURN = 0.1  # about six degrees: a scanned page may lie askew by less
_UNMAPPED = re.compile(r"\(cid:\d+\)")
UNMAPPED_GLYPH = "\ufffd"

# Typographic ligatures are letters that a font draws as one, and a drawn "soft" hyphen is a hyphen that the
# reader sees (fonts name one glyph both ways). No other character is changed.
_AS_DRAWN = str.maketrans(
    {
        "\ufb00": "ff",
        "\ufb01": "fi",
        "\ufb02": "fl",
        "\ufb03": "ffi",
        "\ufb04": "ffl",
        "\ufb05": "st",
        "\ufb06": "st",
        "\u00ad": "-",
    }
)


class Char(NamedTuple):
    """One visible glyph; lengths in points from the page's top left. `baseline` is what lines share."""

    text: str
    x0: float
    x1: float
    baseline: float
    size: float
    bold: bool


@dataclass(frozen=True, kw_only=True, slots=True)
class PageInk:
    """hidden: characters that print nothing. turned: characters that do not stand upright. Neither is in `chars`."""

    number: int
    width: float
    height: float
    chars: tuple[Char, ...]
    hidden: int
    turned: int
    unmapped: int
    invisible: Counter[str]
    has_image: bool


class _InkDevice(PDFPageAggregatorWithMarkedContent):  # type: ignore[misc]  # pdfplumber is untyped
    """Remembers what pdfminer forgets of a glyph: its rendering mode and its font's weight.

    Both travel in `tag`, the one free field that pdfplumber copies from a glyph.
    """

    mode = 0

    def __init__(self, *args: Any, **options: Any) -> None:
        super().__init__(*args, **options)
        self.bold: dict[int, bool] = {}

    def render_string(self, textstate: Any, *args: Any) -> None:
        self.mode = textstate.render
        super().render_string(textstate, *args)

    def render_char(self, matrix: Any, font: Any, *args: Any) -> float:
        advance: float = super().render_char(matrix, font, *args)
        glyph = self.cur_item._objs[-1]  # noqa: SLF001  pdfminer has no other way to the newest object
        key = id(font)
        if key not in self.bold:
            self.bold[key] = _is_bold(font)
        glyph.tag = (self.mode, self.bold[key])
        return advance


class InkPage(Page):  # type: ignore[misc]  # pdfplumber is untyped
    """A pdfplumber page whose characters know their rendering mode, measured from its own top left corner."""

    def __init__(self, *args: Any, **options: Any) -> None:
        super().__init__(*args, **options)
        media: tuple[float, float, float, float] = self.mediabox  # type: ignore[has-type]  # pdfplumber is untyped
        crop: tuple[float, float, float, float] = self.cropbox  # type: ignore[has-type]  # pdfplumber is untyped
        left, top, right, bottom = media
        self.mediabox = self.bbox = (0, 0, right - left, bottom - top)
        self.cropbox = (crop[0] - left, crop[1] - top, crop[2] - left, crop[3] - top)

    @property
    def layout(self) -> Any:
        if not hasattr(self, "_layout"):
            device = _InkDevice(self.pdf.rsrcmgr, pageno=self.page_number, laparams=None)
            PDFPageInterpreter(self.pdf.rsrcmgr, device).process_page(self.page_obj)
            self._layout = device.get_result()
        return self._layout

    def process_object(self, obj: Any) -> Any:
        """As pdfplumber does, but for a glyph only what is used here: that is a third of the time of a page."""
        if not isinstance(obj, LTChar):
            return super().process_object(obj)
        color = obj.graphicstate.ncolor
        return {
            "object_type": "char",
            "text": obj.get_text(),
            "x0": obj.x0,
            "x1": obj.x1,
            "top": self.height - obj.y1,
            "bottom": self.height - obj.y0,
            "size": obj.size,
            "matrix": obj.matrix,
            "upright": obj.upright,
            "ncs": obj.ncs.name,
            "non_stroking_color": color if isinstance(color, tuple) else (color,),
            "tag": obj.tag,
        }


def page_ink(page: Any) -> PageInk:
    """What can be read on an `InkPage`. Invisible Unicode is taken out here and counted."""
    visible: list[Char] = []
    unseen: list[Char] = []
    counts: Counter[str] = Counter()
    invisible: Counter[str] = Counter()
    covers = _Covers(page)
    for raw in page.chars:
        text = raw["text"]
        if _UNMAPPED.fullmatch(text):
            counts["unmapped"] += 1
            text = UNMAPPED_GLYPH
        text, removed = strip_invisible(text.translate(_AS_DRAWN))
        invisible.update(removed)
        if not text:
            continue
        if not _is_upright(raw):
            counts["turned"] += not text.isspace()
            continue
        char = _char(raw, text, page)
        (unseen if _is_hidden(raw, page, covers) else visible).append(char)
    hidden = sum(not char.text.isspace() for char in unseen)
    if unseen and page.images and not any(not char.text.isspace() for char in visible):
        # A scanned page: the invisible text that lies over the picture is all the text there is.
        visible, hidden = unseen, 0
    return PageInk(
        number=page.page_number,
        width=float(page.width),
        height=float(page.height),
        chars=tuple(visible),
        hidden=hidden,
        turned=counts["turned"],
        unmapped=counts["unmapped"],
        invisible=invisible,
        has_image=bool(page.images),
    )


def _char(raw: dict[str, Any], text: str, page: Any) -> Char:
    mode, bold = raw["tag"]
    return Char(
        text,
        float(raw["x0"]),
        float(raw["x1"]),
        float(page.height - raw["matrix"][5]),
        float(raw["size"]),
        bold or mode == _FILLED_AND_STROKED,
    )


def _is_upright(raw: dict[str, Any]) -> bool:
    along, across = raw["matrix"][:2]
    return bool(raw["upright"]) and along > 0 and abs(across) <= _TURN * along


def _is_bold(font: Any) -> bool:
    name = str(getattr(font, "fontname", ""))
    if _BOLD_NAME.search(name):
        return True
    descriptor = getattr(font, "descriptor", None) or {}
    weight = descriptor.get("FontWeight")
    flags = descriptor.get("Flags")
    return (isinstance(weight, int | float) and weight >= _BOLD_WEIGHT) or (
        isinstance(flags, int) and bool(flags & _FORCE_BOLD)
    )


def _is_hidden(raw: dict[str, Any], page: Any, covers: _Covers) -> bool:
    mode = raw["tag"][0]
    if not all(map(math.isfinite, (raw["x0"], raw["x1"], raw["size"], raw["matrix"][5]))):
        return True
    if mode in _HIDDEN_MODES or raw["size"] < _SMALLEST_SIZE:
        return True
    x, y = (raw["x0"] + raw["x1"]) / 2, (raw["top"] + raw["bottom"]) / 2
    left, top, right, bottom = page.cropbox
    if not (left <= x <= right and top <= y <= bottom):
        return True
    return _is_white(raw["non_stroking_color"], str(raw["ncs"])) and not covers.at(x, y)


def _is_white(color: Any, space: str) -> bool:
    """True where the colour is certainly white. A spot colour's or a pattern's number says nothing."""
    if not isinstance(color, tuple | list) or not color:
        return False
    if not all(isinstance(part, int | float) for part in color) or space in {"Separation", "DeviceN", "Indexed"}:
        return False
    if len(color) == 4:
        return all(part <= 1 - _WHITE for part in color)
    return all(part >= _WHITE for part in color)


class _Covers:
    """Where the page is not white paper: pictures and filled shapes. Found only when a white letter asks."""

    def __init__(self, page: Any) -> None:
        self._page = page
        self._boxes: list[tuple[float, float, float, float]] | None = None

    def at(self, x: float, y: float) -> bool:
        if self._boxes is None:
            shapes = [
                shape
                for shape in (*self._page.rects, *self._page.curves)
                if shape.get("fill") and not _is_white(shape.get("non_stroking_color"), "")
            ]
            self._boxes = [
                (shape["x0"], shape["top"], shape["x1"], shape["bottom"]) for shape in (*shapes, *self._page.images)
            ]
        return any(x0 <= x <= x1 and top <= y <= bottom for x0, top, x1, bottom in self._boxes)
