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


def explains_sum(sentence: str) -> bool:
    """Does a sentence only say what the sum before it is made up of, or how it is worked out?"""
    rules = ("context.only-explains", "context.explains-sum")
    return any(language.expression(rule).search(sentence) for rule in rules)


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

    def not_asked(self, block: Block, end: int) -> bool:
        """Does the next sentence say that the Ombudsman did not ask for what this one tells?"""
        but = ("context.pay-it", "context.is-welcome")
        said = self.next_says
        return said("context.not-this", end, block) and not any(said(rule, end, block) for rule in but)

    def withdrawn(self, block: Block, start: int, end: int) -> bool:
        """Does a sentence tell of a recommendation that its paragraph says is given up?"""
        recommended = language.expression("context.recommended").search(self.text, start, end) is not None
        if recommended and self.next_says("context.withdrawn", end, block):
            return True
        refused = language.expression("context.not-agreed-to").search(self.text, start, end) is not None
        refused = refused or self.next_says("context.refused", end, block)
        return refused and self.holds("context.withdrawn", block)

    def another_sum(self, block: Block, start: int, end: int) -> bool:
        """Does a sentence suggest a payment for which another is recommended in the end: "I suggested £200. He said
        that was not enough. I recommend £300."
        """
        if not language.expression("context.suggested").search(self.text, start, end):
            return False
        now = language.expression("context.recommends-now").search(self.text, end, near(end, block))
        return now is not None and not language.expression("context.accepted").search(self.text, end, now.start())

    def explained(self, block: Block, end: int) -> int:
        """The end of the sentences behind one that say what its sum is made up of; `end` where none does."""
        for start, stop in each_sentence(self.text, end, near(end, block)):
            begin = stop - len(self.text[start:stop].lstrip())
            if not explains_sum(self.text[begin:stop]):
                break
            end = stop
        return end
