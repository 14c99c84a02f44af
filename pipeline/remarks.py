"""What a decision's paragraphs say about the actions told in them: the entries of `context`."""

from __future__ import annotations

from collections.abc import Iterator

import regex

from pipeline import language
from pipeline.records import Block
from pipeline.structure import each_sentence

_ENDS = (".", "?", "!", ";", ":", "”", "’", '"', "'", ")")  # what a sentence ends with, and an item of a list


def near(start: int, block: Block) -> int:
    """How far behind a place its paragraph is looked at: its end, but a few long sentences at most."""
    return min(block.end, start + 2 * language.MAX_SENTENCE)


class Remarks:
    """Asks the paragraphs of one decision for what entries of `context` stand for."""

    def __init__(self, text: str):
        self.text = text
        self._held: dict[tuple[str, int], bool] = {}

    def holds(self, rule: str, block: Block) -> bool:
        """Does a paragraph say what an entry of `context` stands for? Remembered: each of its sentences may ask."""
        asked = rule, block.start
        if asked not in self._held:
            self._held[asked] = language.expression(rule).search(self.text, block.start, block.end) is not None
        return self._held[asked]

    def each(self, rule: str, block: Block) -> Iterator[regex.Match]:
        """The places of a paragraph that say what an entry of `context` stands for."""
        return language.expression(rule).finditer(self.text, block.start, block.end)

    def next_says(self, rule: str, end: int, block: Block) -> bool:
        """Does the sentence behind the one that ends at a place, or holds it, say what an entry of `context` stands
        for?
        """
        behind = each_sentence(self.text, end, near(end, block))
        if not self.text[max(block.start, end - 3) : end].rstrip().endswith(_ENDS):
            next(behind, None)
        following = next(behind, None)
        return following is not None and language.expression(rule).search(self.text, *following) is not None

    def says_of(self, rule: str, start: int, end: int, block: Block) -> bool:
        """Does a sentence, or the one behind it, say what an entry of `context` stands for?"""
        return language.expression(rule).search(self.text, start, end) is not None or self.next_says(rule, end, block)

    def own_refused(self, block: Block) -> int | None:
        """Where a paragraph recommends more than what was told before, and says that the body has not agreed to that;
        null where it does not.
        """
        if not self.holds("context.refused", block):
            return None
        return next((found.start() for found in self.each("context.own-recommendation", block)), None)
