"""Which of the paragraphs found answers, with which sentences, and how surely: one narrow port, so that a trained
reader can take the place of the fitted features."""

from service.reading.fitted import FittedReader
from service.reading.port import Limits, Read, Reader, Reading, Sentence

__all__ = ["FittedReader", "Limits", "Read", "Reader", "Reading", "Sentence"]
