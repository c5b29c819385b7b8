"""Whom a text names, and which reports are about them."""

from service.question.subjects.subjects import Subjects, SubjectsNamed

__all__ = ["Subjects", "SubjectsNamed"]
