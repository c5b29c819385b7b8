"""The printed numbers of ordered lists."""

from __future__ import annotations

from dataclasses import dataclass

from selectolax.lexbor import LexborNode

_ROMAN = ((50, "l"), (40, "xl"), (10, "x"), (9, "ix"), (5, "v"), (4, "iv"), (1, "i"))
_UNNUMBERED = ("list-style:none", "list-style-type:none")


@dataclass(kw_only=True, slots=True)
class OpenList:
    """A list whose items are being read. `text_started`: the open item has had its first text."""

    style: str | None  # "1", "a", "A", "i" or "I"; None where no numbers are printed
    number: int
    step: int = 1
    label: str | None = None
    text_started: bool = True

    @classmethod
    def of(cls, node: LexborNode) -> OpenList:
        attributes = node.attributes
        plain = (attributes.get("style") or "").replace(" ", "").lower()
        if node.tag != "ol" or any(style in plain for style in _UNNUMBERED):
            return cls(style=None, number=1)
        style = attributes.get("type") or "1"
        backwards = "reversed" in attributes
        first = sum(1 for item in node.iter() if item.tag == "li") if backwards else 1
        number = _number(attributes.get("start"), first)
        return cls(style=style if style in "1aAiI" else "1", number=number, step=-1 if backwards else 1)

    def begin_item(self, node: LexborNode) -> None:
        self.number = _number(node.attributes.get("value"), self.number)
        self.label = _printed(self.number, self.style) if self.style else None
        self.number += self.step
        self.text_started = False


def _number(text: str | None, default: int) -> int:
    digits = (text or "").strip().removeprefix("-")
    return int(text or "") if digits.isascii() and digits.isdigit() and len(digits) <= 9 else default


def _printed(number: int, style: str) -> str:
    if style in "aA" and 0 < number < 1000:
        letters = ""
        while number:
            number, rest = divmod(number - 1, 26)
            letters = chr(ord("a") + rest) + letters
    elif style in "iI" and 0 < number < 90:
        letters = ""
        for value, sign in _ROMAN:
            while number >= value:
                letters, number = letters + sign, number - value
    else:
        return str(number)
    return letters.upper() if style in "AI" else letters
